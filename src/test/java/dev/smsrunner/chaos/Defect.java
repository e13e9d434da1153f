package dev.smsrunner.chaos;

/** A fault that a programmer might make, seeded into the product to see whether the trials would find it. */
enum Defect {
    /** Calls are made before anything is on record of them. */
    SKIPS_THE_INTENT(KillTrials.at("after the call#3")),
    /** An answer is not written down. */
    FORGETS_THE_OUTCOME(ServiceFaultTrials::fair),
    /** Rows change and no event tells why. */
    WRITES_NO_EVENT(ServiceFaultTrials::fair),
    /** A call whose answer was lost is sent again at once. */
    RESENDS_BLINDLY(ServiceFaultTrials::lostAnswers),
    /** A call whose answer was lost counts as refused. */
    TAKES_UNKNOWN_FOR_FAILED(ServiceFaultTrials::lostAnswers),
    /** A start is sent twice. */
    STARTS_TWICE(ServiceFaultTrials::fair),
    /** A state that nobody knows is taken for one that is known. */
    ACTS_ON_AN_UNKNOWN_STATE(ServiceFaultTrials::unknownState),
    /** A launch in the middle of the copy. */
    LAUNCHES_BEFORE_IT_IS_IN_SYNC(ServiceFaultTrials::fair),
    /** A server in sync is reported as migrated. */
    CALLS_A_COPY_A_MIGRATION(ServiceFaultTrials::fair),
    /** The last row of the inventory never comes into the ledger. */
    FORGETS_A_ROW(ServiceFaultTrials::fair),
    /** The report has one row less than the inventory. */
    REPORTS_ALL_BUT_ONE_ROW(ServiceFaultTrials::fair),
    /** A process that lost its lease does not notice, and its writes are not fenced. */
    WRITES_WITHOUT_A_TOKEN(DatabaseKind.POSTGRESQL, ConcurrencyTrials.sleeping(false)),
    /** Two processes may hold the lease. */
    LETS_ANYBODY_IN(DatabaseKind.POSTGRESQL, ConcurrencyTrials.starting(2)),
    /** A living holder of the lease is taken for another process with the same id. */
    TAKES_THE_LIVING_FOR_GONE(DatabaseKind.POSTGRESQL, ConcurrencyTrials.starting(2)),
    /** Servers are launched at any hour. */
    IGNORES_THE_WINDOW(ServiceFaultTrials::window),
    /** A task counts as that of its row wherever it leads. */
    IDENTITY_NOT_COMPARED(ServiceFaultTrials::fair),
    /** More servers are started at once than agreed. */
    IGNORES_THE_CAP(ServiceFaultTrials::capped),
    /** The service asks to wait, and is called all the same. */
    IGNORES_RETRY_AFTER(ServiceFaultTrials::throttled),
    /** A rerun takes the servers that came through. */
    REPEATS_WHAT_IS_MIGRATED(ServiceFaultTrials::rerun),
    /** The same command begins another run. */
    BEGINS_ANEW(KillTrials.at("outcomes committed#3")),
    /** What a dead process left in the repository of Spring Batch stays as it is. */
    HEALS_NOTHING(KillTrials.at("before JdbcJobExecutionDao.createJobExecution#1")),
    /** A signal is not heard. */
    DOES_NOT_STOP(SignalTrials.once("TERM")),
    /** A report is written in its place. */
    WRITES_REPORTS_IN_PLACE(KillTrials.at("before PrivateFile.fill#3")),
    /** A key stands in the log. */
    LOGS_A_KEY(ServiceFaultTrials::fair),
    /** Two spellings of a name are taken for two names. */
    NAME_NOT_NORMALISED(ServiceFaultTrials::twins),
    /** Launches wait neither for dependencies nor for waves. */
    ORDER_IGNORED(OrderTrials::undisturbed),
    /** More targets are launched at once than agreed. */
    LAUNCHES_IGNORED(OrderTrials::undisturbed),
    /** Targets are launched sooner after each other than agreed. */
    PACE_IGNORED(OrderTrials::paced),
    /** A data directory that another user could have changed is opened. */
    OPENS_A_SHARED_DIRECTORY(PlantedFileTrials::refused);

    private final DatabaseKind store;
    private final Trial trial;

    Defect(Trial trial) {
        this(DatabaseKind.H2, trial);
    }

    Defect(DatabaseKind store, Trial trial) {
        this.store = store;
        this.trial = trial;
    }

    DatabaseKind store() {
        return store;
    }

    /** The trial that must find it. */
    Trial trial() {
        return trial;
    }
}
