package dev.smsrunner.chaos;

import static dev.smsrunner.chaos.DatabaseKind.H2;
import static dev.smsrunner.chaos.DatabaseKind.POSTGRESQL;

import java.util.List;

/** Kinds of trials and their databases. */
enum TrialKind {
    POINT("SIGKILL at a numbered point", KillTrials.somewhere(), H2, POSTGRESQL),
    MOMENT("SIGKILL at one to three random moments", KillTrials.atAnyTime(), H2, POSTGRESQL),
    SEVERAL("two to five SIGKILLs in one run", KillTrials.severalTimes(), H2, POSTGRESQL),
    RECOVERY("SIGKILL, and again during recovery", KillTrials.inRecovery(), H2, POSTGRESQL),
    CREATE_IN_FLIGHT("SIGKILL between a create and its answer", KillTrials.inFlight("CreateTask"), H2, POSTGRESQL),
    START_IN_FLIGHT("SIGKILL between a start and its answer", KillTrials.inFlight("start"), H2, POSTGRESQL),
    LAUNCH_IN_FLIGHT("SIGKILL between a launch and its answer", KillTrials.inFlight("test"), H2, POSTGRESQL),
    START_RACE("two start at once", ConcurrencyTrials.starting(2), H2, POSTGRESQL),
    START_RACE_OF_3("three start at once", ConcurrencyTrials.starting(3), H2, POSTGRESQL),
    RESTART_RACE("two restart at once", ConcurrencyTrials.restarting(2), H2, POSTGRESQL),
    RESTART_RACE_OF_3("three restart at once", ConcurrencyTrials.restarting(3), H2, POSTGRESQL),
    SLEEP("SIGSTOP until the lease ran out, another finishes, SIGCONT", ConcurrencyTrials.sleeping(false), POSTGRESQL),
    SLEEP_WHOLE_LEASE("the same, waiting for the whole lease", ConcurrencyTrials.sleeping(true), POSTGRESQL),
    SLEEP_ON_FILE("SIGSTOP while it holds the database file", ConcurrencyTrials::sleepingOnItsFile, H2),
    NO_DATABASE(
            "cut off from the database for 7 s, not from the service", PartitionTrials.fromDatabase(7_000), POSTGRESQL),
    NO_DATABASE_LONG("cut off from the database for 60 s", PartitionTrials.fromDatabase(60_000), POSTGRESQL),
    NO_SERVICE(
            "cut off from the service for 7 s, not from the database",
            PartitionTrials.fromService(7_000),
            H2,
            POSTGRESQL),
    DATABASE_STOPPED("PostgreSQL stopped and started again", DatabaseOutageTrials.stopped(10_000), POSTGRESQL),
    DATABASE_STOPPED_LONG("PostgreSQL stopped for 60 s", DatabaseOutageTrials.stopped(60_000), POSTGRESQL),
    CONNECTIONS("all connections ended every one to three seconds", PartitionTrials::connectionsKilled, POSTGRESQL),
    TERM("SIGTERM", SignalTrials.once("TERM"), H2, POSTGRESQL),
    INT("Ctrl-C", SignalTrials.once("INT"), H2, POSTGRESQL),
    TERM_TWICE("SIGTERM twice", SignalTrials.twice("TERM"), H2, POSTGRESQL),
    INT_TWICE("Ctrl-C twice", SignalTrials.twice("INT"), H2, POSTGRESQL),
    DISK_FULL("disk of the reports full", DiskTrials::full, H2),
    DISK_INODES("disk of the reports without inodes", DiskTrials::withoutInodes, H2),
    DISK_READ_ONLY("disk of the reports read-only", DiskTrials::readOnly, H2),
    DATABASE_FULL("disk of the embedded database full", DiskTrials::databaseFull, H2),
    DAMAGE("file of the database cut off, overwritten, deleted, 7 damages", FileDamageTrials::each, H2),
    SHARED_DIRECTORY("data directory that another user can change, 3 ways", PlantedFileTrials::refused, H2),
    CLOCK("clock of the machine set by hours and days while it works", ClockTrials::jumping, H2, POSTGRESQL),
    CLOCK_AND_DEATH("SIGKILL, and the clock set before the restart", ClockTrials::betweenDeaths, H2, POSTGRESQL),
    FAINT("out of memory, stack or luck at a numbered point", ProcessFaultTrials::anywhere, H2, POSTGRESQL),
    FAINT_ELSEWHERE("the same in the lease's thread or in a call", ProcessFaultTrials::elsewhere, H2, POSTGRESQL),
    HANG("a thread hangs, the lease is still renewed", ProcessFaultTrials::hanging, H2, POSTGRESQL),
    LOCKS("tables of the ledger locked for 5 to 12 s", LockTrials::held, POSTGRESQL),
    NO_CONNECTION("no connection left at the database for 8 s", LockTrials::noneLeft, POSTGRESQL),
    NEIGHBOURS("bad servers among good ones, against the good ones alone", BadRowTrials::unharmed, H2),
    EDITS("inventory and job file edited between kill and restart, 9 edits", EditTrials::each, H2, POSTGRESQL),
    WEATHER("faults of answers and servers, drawn", ServiceFaultTrials::bad, H2, POSTGRESQL),
    WEATHER_AND_DEATH("the same with one or two SIGKILLs", ServiceFaultTrials::badAndDying, H2, POSTGRESQL),
    LOST_ANSWERS(
            "the first answer of every create, start and launch lost", ServiceFaultTrials::lostAnswers, H2, POSTGRESQL),
    LATE_DELIVERY("the first create of every server delivered late", ServiceFaultTrials::lateDelivery, H2, POSTGRESQL),
    HIDDEN_TASKS("every create lost, and its task not listed for 90 s", ServiceFaultTrials::hiddenTasks, H2),
    UNKNOWN_STATE("an unknown state", ServiceFaultTrials::unknownState, H2),
    WINDOW("launches wait for their window", ServiceFaultTrials::window, H2),
    CAP("three at once", ServiceFaultTrials::capped, H2),
    THROTTLED("the service throttles with Retry-After", ServiceFaultTrials::throttled, H2),
    TWINS("two servers of one name in two spellings, a third depends on it", ServiceFaultTrials::twins, H2),
    ORDER("launches that wait for each other", OrderTrials::undisturbed, H2, POSTGRESQL),
    ORDER_PACE("the same, with time between the launches", OrderTrials::paced, H2),
    ORDER_POINT("the same, SIGKILL at a numbered point", OrderTrials.dying(".*"), H2, POSTGRESQL),
    ORDER_WRITE(
            "the same, SIGKILL while a dependency or a launch given up is written",
            OrderTrials.dying("(dependencies|launches given up) .*"),
            H2,
            POSTGRESQL),
    ORDER_FORCED("a forced launch, SIGKILL around its answer", OrderTrials::forced, H2, POSTGRESQL),
    LONG_NIGHT("72 hours in half a minute, with faults", ServiceFaultTrials::longNight, H2, POSTGRESQL);

    private final String text;
    private final Trial trial;
    private final List<DatabaseKind> stores;

    TrialKind(String text, Trial trial, DatabaseKind... stores) {
        this.text = text;
        this.trial = trial;
        this.stores = List.of(stores);
    }

    /** Whether the trial is possible on this machine. */
    boolean canBeTried() {
        return switch (this) {
            case DISK_FULL, DISK_INODES, DISK_READ_ONLY, DATABASE_FULL -> DiskTrials.canBeTried();
            case INT, INT_TWICE -> SignalTrials.handlesCtrlC();
            default -> true;
        };
    }

    String text() {
        return text;
    }

    Trial trial() {
        return trial;
    }

    List<DatabaseKind> stores() {
        return stores;
    }
}
