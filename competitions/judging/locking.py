"""The one lock of judging: whoever changes marks, assignments or outcomes of a round waits here.

Every verb takes it first, so two of them never wait for each other in a circle. On SQLite the
transaction itself holds the write lock (`transaction_mode: IMMEDIATE`).
"""

from competitions.calls.models import RoundTrack


def lock_round(round_track_id: int) -> RoundTrack:
    """The round of a track as it stands now, locked until the transaction ends."""
    return (
        RoundTrack.objects.select_for_update(of=("self",), no_key=True)
        .select_related("round__competition", "track")
        .get(pk=round_track_id)
    )
