package dev.smsrunner.run.lease;

/** Liveness of another process, as far as this process can determine it. */
enum Liveness {
    /** The process runs. */
    ALIVE,
    /** The process has ended. */
    GONE,
    /** Undetermined: the process belongs to another machine, or is invisible to this process. */
    UNKNOWN
}
