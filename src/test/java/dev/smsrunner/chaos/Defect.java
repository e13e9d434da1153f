package dev.smsrunner.chaos;

/** A programming error seeded into the product, which a trial must find. */
enum Defect {
    /** Calls are sent without a recorded intent. */
    SKIPS_THE_INTENT(KillTrials.at("after the call#3")),
    /** An answer is not recorded. */
    FORGETS_THE_OUTCOME(ServiceFaultTrials::fair),
    /** Rows change without an event. */
    WRITES_NO_EVENT(ServiceFaultTrials::fair),
    /** A call whose answer was lost is sent again at once. */
    RESENDS_BLINDLY(ServiceFaultTrials::lostAnswers),
    /** A call whose answer was lost counts as refused. */
    TAKES_UNKNOWN_FOR_FAILED(ServiceFaultTrials::lostAnswers),
    /** A start is sent twice. */
    STARTS_TWICE(ServiceFaultTrials::fair),
    /** An unknown state counts as a known state. */
    ACTS_ON_AN_UNKNOWN_STATE(ServiceFaultTrials::unknownState),
    /** A launch in the middle of the copy. */
    LAUNCHES_BEFORE_IT_IS_IN_SYNC(ServiceFaultTrials::fair),
    /** A server in sync is reported as migrated. */
    CALLS_A_COPY_A_MIGRATION(ServiceFaultTrials::fair),
    /** The last row of the inventory is missing in the ledger. */
    FORGETS_A_ROW(ServiceFaultTrials::fair),
    /** The report has one row less than the inventory. */
    REPORTS_ALL_BUT_ONE_ROW(ServiceFaultTrials::fair),
    /** A process that lost its lease does not notice, and its writes are not fenced. */
    WRITES_WITHOUT_A_TOKEN(DatabaseKind.POSTGRESQL, ConcurrencyTrials.sleeping(false)),
    /** Two processes may hold the lease. */
    LETS_ANYBODY_IN(DatabaseKind.POSTGRESQL, ConcurrencyTrials.starting(2)),
    /** A living holder of the lease counts as another process with the same id. */
    TAKES_THE_LIVING_FOR_GONE(DatabaseKind.POSTGRESQL, ConcurrencyTrials.starting(2)),
    /** Servers are launched at any hour. */
    IGNORES_THE_WINDOW(ServiceFaultTrials::window),
    /** A task counts as the task of its row with any target. */
    IDENTITY_NOT_COMPARED(ServiceFaultTrials::fair),
    /** Concurrent starts exceed the limit. */
    IGNORES_THE_CAP(ServiceFaultTrials::capped),
    /** The product ignores Retry-After. */
    IGNORES_RETRY_AFTER(ServiceFaultTrials::throttled),
    /** A rerun repeats migrated servers. */
    REPEATS_WHAT_IS_MIGRATED(ServiceFaultTrials::rerun),
    /** The same command starts a new run. */
    BEGINS_ANEW(KillTrials.at("outcomes committed#3")),
    /** The executions of a dead process in the repository of Spring Batch are not recovered. */
    HEALS_NOTHING(KillTrials.at("before JdbcJobExecutionDao.createJobExecution#1")),
    /** A signal is ignored. */
    DOES_NOT_STOP(SignalTrials.once("TERM")),
    /** A report is written in place. */
    WRITES_REPORTS_IN_PLACE(KillTrials.at("before PrivateFile.fill#3")),
    /** A key is logged. */
    LOGS_A_KEY(ServiceFaultTrials::fair),
    /** Two spellings of a name count as two names. */
    NAME_NOT_NORMALISED(ServiceFaultTrials::twins),
    /** Launches wait neither for dependencies nor for waves. */
    ORDER_IGNORED(OrderTrials::undisturbed),
    /** Concurrent launches exceed the limit. */
    LAUNCHES_IGNORED(OrderTrials::undisturbed),
    /** Launches follow each other faster than configured. */
    PACE_IGNORED(OrderTrials::paced),
    /** A data directory writable by another user is opened. */
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
