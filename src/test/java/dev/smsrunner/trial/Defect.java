package dev.smsrunner.trial;

/** A fault that a programmer might make, seeded into the product to see whether the trials would find it. */
enum Defect {
    /** Calls are made before anything is on record of them. */
    SKIPS_THE_INTENT(Deaths.at("after the call#3")),
    /** An answer is not written down. */
    FORGETS_THE_OUTCOME(Weather::fair),
    /** Rows change and no event tells why. */
    WRITES_NO_EVENT(Weather::fair),
    /** A call whose answer was lost is sent again at once. */
    RESENDS_BLINDLY(Weather::lostAnswers),
    /** A call whose answer was lost counts as refused. */
    TAKES_UNKNOWN_FOR_FAILED(Weather::lostAnswers),
    /** A start is sent twice. */
    STARTS_TWICE(Weather::fair),
    /** A state that nobody knows is taken for one that is known. */
    ACTS_ON_AN_UNKNOWN_STATE(Weather::unknownState),
    /** A launch in the middle of the copy. */
    LAUNCHES_BEFORE_IT_IS_IN_SYNC(Weather::fair),
    /** A server in sync is reported as migrated. */
    CALLS_A_COPY_A_MIGRATION(Weather::fair),
    /** The last row of the inventory never comes into the ledger. */
    FORGETS_A_ROW(Weather::fair),
    /** The report has one row less than the inventory. */
    REPORTS_ALL_BUT_ONE_ROW(Weather::fair),
    /** A process that lost its lease does not notice, and its writes are not fenced. */
    WRITES_WITHOUT_A_TOKEN(Store.POSTGRESQL, Rivals.sleeping(false)),
    /** Two processes may hold the lease. */
    LETS_ANYBODY_IN(Store.POSTGRESQL, Rivals.starting(2)),
    /** A living holder of the lease is taken for another process with the same id. */
    TAKES_THE_LIVING_FOR_GONE(Store.POSTGRESQL, Rivals.starting(2)),
    /** Servers are launched at any hour. */
    IGNORES_THE_WINDOW(Weather::window),
    /** A task counts as that of its row wherever it leads. */
    IDENTITY_NOT_COMPARED(Weather::fair),
    /** More servers are started at once than agreed. */
    IGNORES_THE_CAP(Weather::capped),
    /** The service asks to wait, and is called all the same. */
    IGNORES_RETRY_AFTER(Weather::throttled),
    /** A rerun takes the servers that came through. */
    REPEATS_WHAT_IS_MIGRATED(Weather::rerun),
    /** The same command begins another run. */
    BEGINS_ANEW(Deaths.at("outcomes committed#3")),
    /** What a dead process left in the repository of Spring Batch stays as it is. */
    HEALS_NOTHING(Deaths.at("before JdbcJobExecutionDao.createJobExecution#1")),
    /** A signal is not heard. */
    DOES_NOT_STOP(Stops.once("TERM")),
    /** A report is written in its place. */
    WRITES_REPORTS_IN_PLACE(Deaths.at("before PrivateFile.fill#3")),
    /** A key stands in the log. */
    LOGS_A_KEY(Weather::fair),
    /** Two spellings of a name are taken for two names. */
    NAME_NOT_NORMALISED(Weather::twins),
    /** Launches wait neither for dependencies nor for waves. */
    ORDER_IGNORED(Orders::undisturbed),
    /** More targets are launched at once than agreed. */
    LAUNCHES_IGNORED(Orders::undisturbed),
    /** Targets are launched sooner after each other than agreed. */
    PACE_IGNORED(Orders::paced),
    /** A data directory that another user could have changed is opened. */
    OPENS_A_SHARED_DIRECTORY(Planted::refused);

    private final Store store;
    private final Trial trial;

    Defect(Trial trial) {
        this(Store.H2, trial);
    }

    Defect(Store store, Trial trial) {
        this.store = store;
        this.trial = trial;
    }

    Store store() {
        return store;
    }

    /** The trial that must find it. */
    Trial trial() {
        return trial;
    }
}
