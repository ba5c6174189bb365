"""Points nbgrader at our plug-ins. Nothing here has to be edited; an institution adds its own lines below.

With these lines ``nbgrader autograde``, Formgrader's buttons and our own commands mark answers without running a
kernel. Stock nbgrader gives honest submissions the same points, and hostile ones the instructor's account.
"""

import os
from pathlib import Path

import mindbody.course
from mindbody.course.marks import keep_marks

c = get_config()

c.CourseDirectory.course_id = "mind-body-formulation"
# The gradebook is a file here, unless the environment names a PostgreSQL server, as in
# MINDBODY_GRADEBOOK=postgresql+psycopg://NAME@HOST/DATABASE (the password goes into ~/.pgpass).
if os.environ.get("MINDBODY_GRADEBOOK"):
    c.CourseDirectory.db_url = os.environ["MINDBODY_GRADEBOOK"]
# Nobody needs to send anything else. The last two are nbgrader's own and its exchange fails without them.
c.CourseDirectory.include = ["*.ipynb", "answers.json", "exercise.json", "timestamp.txt", "submission_secret.txt"]
c.CourseDirectory.max_file_size = 1000  # kB

# The submitted notebook is never opened; it is rebuilt from our release, and answers.json is marked.
c.Autograde.exporter_class = "mindbody.course.plugins.TrustedExporter"
c.Autograde.sanitize_preprocessors = [
    "mindbody.course.plugins.OnlyData",
    "mindbody.course.plugins.RestoreCells",
]
c.Autograde.autograde_preprocessors = [
    "mindbody.course.plugins.Mark",
    "mindbody.course.plugins.SaveGrades",
    "nbgrader.preprocessors.AssignLatePenalties",
]

# Being late is shown and costs nothing. `c.LateSubmissionPlugin.penalty_method = "zero"` below, or your own plug-in in
# `c.AssignLatePenalties.plugin_class`, changes that; when an assignment is due stands in course.yaml.

# nbgrader's own feedback would show hidden tests and mark schemes; `mindbody feedback` makes better pages.
c.GenerateFeedback.preprocessors = [
    "mindbody.course.plugins.HideKeys",
    "nbgrader.preprocessors.GetGrades",
    "nbconvert.preprocessors.CSSHTMLHeaderPreprocessor",
]

# Formgrader: no script from another host, and no code above what a trainee answered.
templates = str(Path(mindbody.course.__file__).parent / "jupyter")
os.environ["JUPYTER_PATH"] = os.pathsep.join(filter(None, [templates, os.environ.get("JUPYTER_PATH")]))
c.TagRemovePreprocessor.enabled = True
c.TagRemovePreprocessor.remove_input_tags = {"remove-input"}

# What comes in through nbgrader's exchange, and as zips, passes the same door.
c.ExchangeFactory.collect = "mindbody.course.plugins.DataCollect"
c.ZipCollectApp.extractor_plugin = "mindbody.course.zip_plugins.SafeExtractor"
c.ZipCollectApp.collector_plugin = "mindbody.course.zip_plugins.LmsCollector"

# Each mark that is given in Formgrader is kept with its marker and time, also when it is changed later.
keep_marks(Path(__file__).resolve().parent)
