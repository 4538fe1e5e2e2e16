"""What stands between a run and its reader: one run at a time, old whole or new whole, no leftovers, and word of how the last run ended."""

from .lock import locked, require_free
from .recovery import SCRATCH, journal_of, recover, recover_all, work_folder_prefix
from .run_log import RunLog
from .status import Status, note_success, read_status, recorded, status_file
from .swap import publish
from .temporary import temporary_folder
from .traces import without_traces

__all__ = [
    "SCRATCH",
    "RunLog",
    "Status",
    "journal_of",
    "locked",
    "note_success",
    "publish",
    "read_status",
    "recorded",
    "recover",
    "recover_all",
    "require_free",
    "status_file",
    "temporary_folder",
    "without_traces",
    "work_folder_prefix",
]
