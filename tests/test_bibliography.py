"""Labels of works."""

from pathlib import Path

from mindbody.bibliography import read_labels

BIB = r"""
@book{one, author = {Malan, David}, title = {T}, year = {1995}}
@article{two, author = {Burns, John W. and Quartana, Phillip}, title = {T}, journal = {J}, year = {2008}}
@article{many, author = {Do, Thien Phu and A, B and C, D}, title = {T}, journal = {J}, year = {2019}}
@article{et, author = {van der Feltz, A and others}, title = {T}, journal = {J}, year = {2020}}
@misc{org, author = {{National Institute}}, title = {T}, year = {2021}}
"""


def test_labels_name_one_two_or_the_first_of_many(tmp_path: Path):
    path = tmp_path / "a.bib"
    path.write_text(BIB, encoding="utf-8")
    assert read_labels(path) == {
        "one": "Malan 1995",
        "two": "Burns and Quartana 2008",
        "many": "Do et al. 2019",
        "et": "van der Feltz et al. 2020",
        "org": "National Institute 2021",
    }


def test_every_work_of_the_book_has_a_label(curriculum):
    assert len(curriculum.references) >= 199
    assert all(label[0].isalpha() or label[0] == "(" for label in curriculum.references.values())
