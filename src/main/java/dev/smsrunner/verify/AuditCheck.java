package dev.smsrunner.verify;

import static dev.smsrunner.verify.Tables.number;
import static dev.smsrunner.verify.Tables.text;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** I1, I3, I4, I8, I10, I11, I17: what a simulated service heard, against what the ledger says. */
final class AuditCheck {

    private static final Duration FRESH = Duration.ofSeconds(60);
    private static final Set<String> STARTABLE = Set.of("READY", "ABORT", "MIGRATE_FAIL", "SYNC_FAIL");
    private static final Set<String> LAUNCHABLE = Set.of("syncing", "premiged");
    private static final Set<String> BUSY = Set.of("RUNNING", "SYNCING", "ABORTING", "DELETING", "SKIPPING");
    private static final Set<String> OVER = Set.of("finished", "clearing", "cleared", "clearfailed");
    private static final Set<String> OCCUPIED = Set.of("RUNNING", "SYNCING", "SKIPPING");
    private static final String CONSOLE = "Look at the task in the console; report it.";

    private final List<Heard> heard;
    private final Tables tables;
    private final Findings findings;
    private final Calls calls;
    private final Agreed agreed;
    private final Map<String, Integer> rowOf = new HashMap<>();
    private final Set<String> us;

    AuditCheck(List<Heard> heard, Tables tables, Findings findings) {
        this.heard = heard;
        this.tables = tables;
        this.findings = findings;
        this.calls = new Calls(tables);
        this.agreed = Agreed.of(text(tables.run(), "settings"));
        for (var row : tables.rows()) {
            rowOf.put(text(row, "source_id"), number(row));
            rowOf.put(text(row, "task_id"), number(row));
        }
        rowOf.remove("");
        this.us = heard.stream().filter(Heard::isRead).map(Heard::actor).collect(Collectors.toCollection(HashSet::new));
    }

    void check() {
        oneLiveTask();
        launches();
        writes();
        places();
        rate();
    }

    private @Nullable Integer row(Heard one) {
        var bySource = rowOf.get(one.source());
        return bySource != null ? bySource : rowOf.get(one.task());
    }

    private boolean concerns(Heard one) {
        return row(one) != null;
    }

    /** I1: sweeps over all entries; a task that is there before it is first heard of was left by somebody. */
    private void oneLiveTask() {
        var live = new HashMap<String, Map<String, Long>>();
        for (var one : heard) {
            if (one.task().isEmpty() || one.source().isEmpty() || one.isRead()) {
                continue;
            }
            var tasks = live.computeIfAbsent(one.source(), source -> new LinkedHashMap<>());
            boolean gone = one.executed()
                    && (one.operation().equals("vanish")
                            || one.operation().startsWith("DeleteTask")
                            || OVER.contains(Heard.sourceState(one.after())));
            if (gone) {
                tasks.remove(one.task());
            } else if (one.executed() && !tasks.containsKey(one.task())) {
                tasks.put(one.task(), one.seq());
                doubled(one, tasks);
            }
        }
        findings.checked("I1", "audit: at most one live task per source at each of %d entries".formatted(heard.size()));
    }

    private void doubled(Heard one, Map<String, Long> tasks) {
        if (tasks.size() > 1 && concerns(one)) {
            findings.violation(
                    "I1",
                    row(one),
                    "the source %s had %d live tasks at once: %s".formatted(one.source(), tasks.size(), tasks.keySet()),
                    "audit " + tasks.values().stream().map(String::valueOf).collect(Collectors.joining(", ")),
                    "Delete the one that is not used, in the console.");
        }
    }

    /** I4: also those that the service makes by itself, which may have been before they were told. */
    private void launches() {
        int seen = 0;
        Heard before = null;
        for (var one : heard) {
            boolean itself = one.operation().equals("launch");
            if (concerns(one) && one.executed() && (itself || one.operation().equals("test"))) {
                seen++;
                boolean inside = agreed.open(one.at()) || itself && before != null && agreed.open(before.at());
                if (!inside) {
                    findings.violation(
                            "I4",
                            row(one),
                            "the target was launched at %s, the window is %s".formatted(one.at(), agreed.window()),
                            evidence(one),
                            "Tell the owner of the server; look at the target.");
                }
            }
            before = one.asked() ? one : before;
        }
        findings.checked(
                "I4",
                agreed.hasWindow()
                        ? "audit: %d launches within the window".formatted(seen)
                        : "no window was agreed on");
    }

    private void writes() {
        var lookedAt = new HashMap<String, Long>();
        var lastWrite = new HashMap<String, Heard>();
        var lastState = new HashMap<String, String>();
        long lastLook = -1;
        Instant lookedWhen = Instant.EPOCH;
        int count = 0;
        var foreign = new LinkedHashMap<String, Long>();
        for (var one : heard) {
            if (one.isRead() && us.contains(one.actor())) {
                if (one.source().isEmpty() && one.task().isEmpty()) {
                    lastLook = one.seq();
                } else {
                    lookedAt.put(one.source(), one.seq());
                    lookedAt.put(one.task(), one.seq());
                }
                lookedWhen = one.at();
            } else if (Calls.isWrite(one) && concerns(one) && !one.target().isEmpty()) {
                if (us.contains(one.actor())) {
                    count++;
                    long look = Math.max(
                            lastLook,
                            Math.max(lookedAt.getOrDefault(one.source(), -1L), lookedAt.getOrDefault(one.task(), -1L)));
                    var intended = calls.take(one);
                    intended(one, intended.isPresent());
                    allowed(one, look, lookedWhen, foreign);
                    repeated(
                            one,
                            look,
                            lastWrite,
                            intended.map(Calls.Intended::state).orElse(""));
                    stopped(one, intended.map(Calls.Intended::state).orElse(""));
                    lastWrite.put(one.operation() + " " + one.target(), one);
                } else {
                    foreign.put(one.task(), one.seq());
                }
            } else if (!one.asked() || !us.contains(one.actor())) {
                foreign.put(one.task(), one.seq());
            }
        }
        findings.checked("I3", "audit: %d writes, each allowed by the state and looked at before".formatted(count));
        findings.checked("I8", "audit: %d writes, each with an intent of its own before it".formatted(count));
        findings.checked("I11", "audit: between two equal writes a look, or a clear refusal");
        findings.checked("I17", "audit: no write while the run was ended");
    }

    private void intended(Heard one, boolean found) {
        if (!found) {
            findings.violation(
                    "I8",
                    row(one),
                    "%s of %s arrived without an intent before it".formatted(one.operation(), one.target()),
                    evidence(one),
                    "Find out whether somebody used the same key; else report it.");
        }
    }

    /** I3: what somebody else changed after we looked could not be known. */
    private void allowed(Heard one, long look, Instant lookedWhen, Map<String, Long> foreign) {
        var task = Heard.taskState(one.before());
        boolean wrong = switch (one.operation()) {
            case "start" -> !one.before().isEmpty() && !STARTABLE.contains(task);
            case "test" -> !one.before().isEmpty() && !LAUNCHABLE.contains(Heard.sourceState(one.before()));
            case "UpdateTask" -> BUSY.contains(task);
            default -> one.effect().equals("VIOLATION");
        };
        boolean changedSince = foreign.getOrDefault(one.task(), -1L) > look;
        if (wrong && !changedSince && !text(tables.run(), "job").equals("changestate")) {
            violation("I3", one, "%s was sent while the task was %s".formatted(one.operation(), one.before()));
        }
        if (look < 0 || Duration.between(lookedWhen, one.at()).compareTo(FRESH) > 0) {
            violation("I3", one, one.operation() + " was sent and the source not looked at within 60 s before");
        }
    }

    /** I11: a refusal that says that nothing was done needs no look. */
    private void repeated(Heard one, long look, Map<String, Heard> lastWrite, String state) {
        var last = lastWrite.get(one.operation() + " " + one.target());
        if (last != null && look < last.seq() && !last.effect().matches("REFUSED|VIOLATION")) {
            violation(
                    "I11",
                    one,
                    "%s was sent again (audit %d before) and the source not looked at in between"
                            .formatted(one.operation(), last.seq()));
        }
    }

    /** I17: what was lost on its way and is delivered late was not sent late. */
    private void stopped(Heard one, String state) {
        var ended = text(tables.run(), "ended_at");
        boolean late = Set.of("UNKNOWN", "SEEN", "ABSENT").contains(state);
        if (!ended.isEmpty() && !late && one.at().isAfter(Instant.parse(ended).plusSeconds(1)) && belongs(one)) {
            violation("I17", one, "%s was sent after the run had ended at %s".formatted(one.operation(), ended));
        }
    }

    /** A later run of the same servers may write. */
    private boolean belongs(Heard one) {
        return tables.intentsOfOthers().isEmpty();
    }

    /** I10: places that the run's own starts take, in the time of the world. */
    private void places() {
        double most = agreed.number("limits.concurrent", Double.MAX_VALUE);
        var occupied = new LinkedHashSet<String>();
        var inOrder = new ArrayList<>(heard);
        inOrder.sort(java.util.Comparator.comparing(Heard::virtual).thenComparing(Heard::seq));
        for (var one : inOrder) {
            if (!concerns(one) || !one.executed() || one.task().isEmpty()) {
                continue;
            }
            if (OCCUPIED.contains(Heard.taskState(one.after())) && !OVER.contains(Heard.sourceState(one.after()))) {
                occupied.add(one.task());
            } else {
                occupied.remove(one.task());
            }
            if (occupied.size() > most && one.operation().equals("start") && us.contains(one.actor())) {
                violation(
                        "I10",
                        one,
                        "%d tasks ran at once, %s are allowed"
                                .formatted(occupied.size(), agreed.text("limits.concurrent")));
            }
        }
        findings.checked("I10", "audit: never more tasks at once than limits.concurrent");
    }

    /** I10: a given rate holds over ten seconds; the clock of the record is that of the answer, so calls bunch a little. */
    private void rate() {
        double rate = agreed.number("limits.requests-per-second", 0);
        if (rate <= 0) {
            findings.notChecked("I10", "limits.requests-per-second is learned, not given");
            return;
        }
        var window = new java.util.ArrayDeque<Heard>();
        for (var one : heard) {
            if (!one.asked() || !us.contains(one.actor())) {
                continue;
            }
            window.add(one);
            while (Duration.between(window.peek().at(), one.at()).compareTo(Duration.ofSeconds(10)) > 0) {
                window.poll();
            }
            if (window.size() > 11 * rate + 10) {
                violation(
                        "I10",
                        one,
                        "%d calls within 10 s, %s a second are allowed"
                                .formatted(window.size(), agreed.text("limits.requests-per-second")));
                return;
            }
        }
        findings.checked("I10", "audit: the given rate of calls over any 10 s");
    }

    private void violation(String invariant, Heard one, String what) {
        findings.violation(invariant, row(one), what, evidence(one), CONSOLE);
    }

    private static String evidence(Heard one) {
        return "audit %d, request %s".formatted(one.seq(), one.request().isEmpty() ? "none" : one.request());
    }
}
