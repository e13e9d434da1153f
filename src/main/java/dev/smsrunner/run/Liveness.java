package dev.smsrunner.run;

/** What one process knows about another one. */
enum Liveness {
    /** It certainly runs. */
    ALIVE,
    /** It has certainly ended. */
    GONE,
    /** Neither is certain: it runs elsewhere, or this process may not see it. */
    UNKNOWN
}
