package dev.smsrunner.chaos.agent;

import dev.smsrunner.ledger.CallState;
import dev.smsrunner.ledger.EventKind;
import dev.smsrunner.ledger.LedgerWrite;
import dev.smsrunner.ledger.Outcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The numbered points of a run. Each kind of point has its own counter, so {@code outcome committed#4} is the same moment in
 * every run of a scenario. At the point of the property {@value #KILL} the process sends SIGKILL to itself. With
 * {@value #LIST} the process writes passed points to a file.
 */
public final class Points {

    /** The property with the point of the kill, for example {@code outcome committed#4}. */
    public static final String KILL = "trial.kill";

    /** The property with the file of the passed points. */
    public static final String LIST = "trial.points";

    private static final int SIGKILL = 9;
    private static final @Nullable String DEADLY = System.getProperty(KILL);
    private static final @Nullable String FILE = System.getProperty(LIST);
    private static final Map<String, Integer> PASSED = new ConcurrentHashMap<>();

    private Points() {}

    /** The process is at a point. */
    public static void at(String kind) {
        if (watched()) {
            pass(kind + "#" + PASSED.merge(kind, 1, Integer::sum));
        }
    }

    /** Points before and after a commit of the ledger. */
    public static void ofLedger(List<LedgerWrite> entries, String when) {
        if (watched() && !entries.isEmpty()) {
            at(what(entries) + " " + when);
        }
    }

    private static boolean watched() {
        return DEADLY != null || FILE != null || Troubles.expected();
    }

    private static String what(List<LedgerWrite> entries) {
        boolean intents = entries.stream()
                .anyMatch(entry -> entry.intent() != null && entry.intent().state() == CallState.OPEN);
        boolean outcomes = entries.stream()
                .anyMatch(entry -> entry.intent() != null && entry.intent().state() != CallState.OPEN);
        return intents && outcomes
                ? "intents and outcomes"
                : intents ? "intents" : outcomes ? "outcomes" : rows(entries);
    }

    private static String rows(List<LedgerWrite> entries) {
        if (entries.stream().anyMatch(entry -> entry.row().outcome() == Outcome.NOT_LAUNCHED)) {
            return "launches given up";
        }
        boolean dependencies = entries.stream()
                .flatMap(entry -> entry.events().stream())
                .anyMatch(event -> event.kind() == EventKind.DEPENDENCY);
        return dependencies ? "dependencies" : "rows";
    }

    private static void pass(String point) {
        if (FILE != null) {
            write(Path.of(FILE), point);
        }
        if (point.equals(DEADLY)) {
            die();
        }
        Troubles.at(point);
    }

    private static synchronized void write(Path file, String point) {
        try {
            Files.writeString(
                    file,
                    point + "\t" + System.currentTimeMillis() + "\n",
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    /**
     * Sends a real SIGKILL, which the kernel delivers before this method returns. The public API for signals refuses signals
     * without a handler.
     */
    private static void die() {
        try {
            var raise = Class.forName("jdk.internal.misc.Signal").getDeclaredMethod("raise0", int.class);
            raise.setAccessible(true);
            raise.invoke(null, SIGKILL);
        } catch (ReflectiveOperationException ex) {
            throw new IllegalStateException(ex);
        }
    }
}
