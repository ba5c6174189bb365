"""nbgrader's own ``zip_collect``, with our intake behind it: ``nbgrader zip_collect ASSIGNMENT --force``.

Stock ``zip_collect`` unpacks whatever is in the archives and stops for everybody at the first bad one. Here the first
of its two steps is our ``collect`` on the archive folder, with all its rules, which writes ``submitted/`` itself; for
the second step nothing is left, and nbgrader says that it found no files.

In ``nbgrader_config.py``::

    c.ZipCollectApp.extractor_plugin = "mindbody.course.zip_plugins.SafeExtractor"
    c.ZipCollectApp.collector_plugin = "mindbody.course.zip_plugins.LmsCollector"
"""

from __future__ import annotations

from pathlib import Path

from nbgrader.plugins import ExtractorPlugin, FileNameCollectorPlugin
from traitlets import Unicode

from mindbody.course.grading import CourseError
from mindbody.course.intake import collect


class SafeExtractor(ExtractorPlugin):  # type: ignore[misc]
    """Takes in what lies in ``downloaded/ASSIGNMENT/archive``, and says of each file what became of it."""

    roster = Unicode("", help="The trainees, as CSV; empty for roster.csv of the course, if there is one.").tag(
        config=True
    )

    def extract(self, archive_path: str, extracted_path: str) -> None:
        """Collect the archive folder; nothing is extracted."""
        coursedir = self.parent.coursedir
        roster = Path(self.roster) if self.roster else None
        try:
            results = collect(Path(coursedir.root), coursedir.assignment_id, Path(archive_path), roster)
        except CourseError as error:
            self.parent.fail(str(error))
            return
        for result in results:
            if result.state == "refused":
                self.log.error("%s", result.message)
            elif result.conflict:
                self.log.warning("%s", result.message)
            else:
                self.log.info("%s", result.message)
        taken = sum(result.state in {"collected", "unchanged"} for result in results)
        self.log.info("%d of %d files are to be marked", taken, len(results))


class LmsCollector(FileNameCollectorPlugin):  # type: ignore[misc]
    """Collects no file by its name, should one lie in the folder that nbgrader extracts to."""

    def collect(self, submitted_file: str) -> None:
        """Skip a file."""
