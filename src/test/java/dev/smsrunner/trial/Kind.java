package dev.smsrunner.trial;

import static dev.smsrunner.trial.Store.H2;
import static dev.smsrunner.trial.Store.POSTGRESQL;

import java.util.List;

/** What is tried, and on which databases. */
enum Kind {
    POINT("SIGKILL at a numbered point", Deaths.somewhere(), H2, POSTGRESQL),
    MOMENT("SIGKILL at one to three random moments", Deaths.atAnyTime(), H2, POSTGRESQL),
    SEVERAL("two to five SIGKILLs in one run", Deaths.severalTimes(), H2, POSTGRESQL),
    RECOVERY("SIGKILL, and again during recovery", Deaths.inRecovery(), H2, POSTGRESQL),
    CREATE_IN_FLIGHT("SIGKILL between a create and its answer", Deaths.inFlight("CreateTask"), H2, POSTGRESQL),
    START_IN_FLIGHT("SIGKILL between a start and its answer", Deaths.inFlight("start"), H2, POSTGRESQL),
    LAUNCH_IN_FLIGHT("SIGKILL between a launch and its answer", Deaths.inFlight("test"), H2, POSTGRESQL),
    START_RACE("two start at once", Rivals.starting(2), H2, POSTGRESQL),
    START_RACE_OF_3("three start at once", Rivals.starting(3), H2, POSTGRESQL),
    RESTART_RACE("two restart at once", Rivals.restarting(2), H2, POSTGRESQL),
    RESTART_RACE_OF_3("three restart at once", Rivals.restarting(3), H2, POSTGRESQL),
    SLEEP("SIGSTOP until the lease ran out, another finishes, SIGCONT", Rivals.sleeping(false), POSTGRESQL),
    SLEEP_WHOLE_LEASE("the same, waiting for the whole lease", Rivals.sleeping(true), POSTGRESQL),
    SLEEP_ON_FILE("SIGSTOP while it holds the database file", Rivals::sleepingOnItsFile, H2),
    NO_DATABASE("cut off from the database for 7 s, not from the service", Cuts.fromDatabase(7_000), POSTGRESQL),
    NO_DATABASE_LONG("cut off from the database for 60 s", Cuts.fromDatabase(60_000), POSTGRESQL),
    NO_SERVICE("cut off from the service for 7 s, not from the database", Cuts.fromService(7_000), H2, POSTGRESQL),
    DATABASE_STOPPED("PostgreSQL stopped and started again", Outages.stopped(10_000), POSTGRESQL),
    DATABASE_STOPPED_LONG("PostgreSQL stopped for 60 s", Outages.stopped(60_000), POSTGRESQL),
    CONNECTIONS("all connections ended every one to three seconds", Cuts::connectionsKilled, POSTGRESQL),
    TERM("SIGTERM", Stops.once("TERM"), H2, POSTGRESQL),
    INT("Ctrl-C", Stops.once("INT"), H2, POSTGRESQL),
    TERM_TWICE("SIGTERM twice", Stops.twice("TERM"), H2, POSTGRESQL),
    INT_TWICE("Ctrl-C twice", Stops.twice("INT"), H2, POSTGRESQL),
    DISK_FULL("disk of the reports full", Disks::full, H2),
    DISK_INODES("disk of the reports without inodes", Disks::withoutInodes, H2),
    DISK_READ_ONLY("disk of the reports read-only", Disks::readOnly, H2),
    DATABASE_FULL("disk of the embedded database full", Disks::databaseFull, H2),
    DAMAGE("file of the database cut off, overwritten, deleted, 7 damages", Damages::each, H2),
    SHARED_DIRECTORY("data directory that another user can change, 3 ways", Planted::refused, H2),
    CLOCK("clock of the machine set by hours and days while it works", Clocks::jumping, H2, POSTGRESQL),
    CLOCK_AND_DEATH("SIGKILL, and the clock set before the restart", Clocks::betweenDeaths, H2, POSTGRESQL),
    FAINT("out of memory, stack or luck at a numbered point", Faints::anywhere, H2, POSTGRESQL),
    FAINT_ELSEWHERE("the same in the lease's thread or in a call", Faints::elsewhere, H2, POSTGRESQL),
    HANG("a thread hangs, the lease is renewed all the same", Faints::hanging, H2, POSTGRESQL),
    LOCKS("tables of the ledger locked for 5 to 12 s", Locks::held, POSTGRESQL),
    NO_CONNECTION("no connection left at the database for 8 s", Locks::noneLeft, POSTGRESQL),
    NEIGHBOURS("bad servers among good ones, against the good ones alone", Neighbours::unharmed, H2),
    EDITS("inventory and job file edited between kill and restart, 9 edits", Edits::each, H2, POSTGRESQL),
    WEATHER("faults of answers and servers, drawn", Weather::bad, H2, POSTGRESQL),
    WEATHER_AND_DEATH("the same with one or two SIGKILLs", Weather::badAndDying, H2, POSTGRESQL),
    LOST_ANSWERS("the first answer of every create, start and launch lost", Weather::lostAnswers, H2, POSTGRESQL),
    LATE_DELIVERY("the first create of every server delivered late", Weather::lateDelivery, H2, POSTGRESQL),
    HIDDEN_TASKS("every create lost, and its task not listed for 90 s", Weather::hiddenTasks, H2),
    UNKNOWN_STATE("a state that nobody knows", Weather::unknownState, H2),
    WINDOW("launches wait for their window", Weather::window, H2),
    CAP("three at once", Weather::capped, H2),
    THROTTLED("the service asks to wait", Weather::throttled, H2),
    TWINS("two servers of one name in two spellings, a third depends on it", Weather::twins, H2),
    ORDER("launches that wait for each other", Orders::undisturbed, H2, POSTGRESQL),
    ORDER_PACE("the same, with time between the launches", Orders::paced, H2),
    ORDER_POINT("the same, SIGKILL at a numbered point", Orders.dying(".*"), H2, POSTGRESQL),
    ORDER_WRITE(
            "the same, SIGKILL while a dependency or a launch given up is written",
            Orders.dying("(dependencies|launches given up) .*"),
            H2,
            POSTGRESQL),
    ORDER_FORCED("a launch that a person forced, SIGKILL around its answer", Orders::forced, H2, POSTGRESQL),
    LONG_NIGHT("72 hours in half a minute, with faults", Weather::longNight, H2, POSTGRESQL);

    private final String text;
    private final Trial trial;
    private final List<Store> stores;

    Kind(String text, Trial trial, Store... stores) {
        this.text = text;
        this.trial = trial;
        this.stores = List.of(stores);
    }

    /** Whether this machine lets it be tried. */
    boolean canBeTried() {
        return switch (this) {
            case DISK_FULL, DISK_INODES, DISK_READ_ONLY, DATABASE_FULL -> Disks.canBeTried();
            case INT, INT_TWICE -> Stops.hearsCtrlC();
            default -> true;
        };
    }

    String text() {
        return text;
    }

    Trial trial() {
        return trial;
    }

    List<Store> stores() {
        return stores;
    }
}
