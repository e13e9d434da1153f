package dev.smsrunner.cutover;

import dev.smsrunner.inventory.DependencyRef;
import dev.smsrunner.inventory.ServerName;
import dev.smsrunner.ledger.ActiveControls;
import dev.smsrunner.ledger.LedgerRow;
import dev.smsrunner.ledger.Operation;
import dev.smsrunner.ledger.Stage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The rows of a run at one moment, found by number, server, source and wave, with the plan and the wishes of people. */
public final class CutoverSnapshot {

    private final CutoverPlan plan;
    private final ActiveControls steering;
    private final TreeMap<Integer, LedgerRow> rows = new TreeMap<>();
    private final Map<String, List<LedgerRow>> byKey = new HashMap<>();
    private final Map<String, List<LedgerRow>> byWave = new HashMap<>();
    private final Map<String, List<LedgerRow>> openByWave = new HashMap<>();
    private final Map<String, List<Integer>> openNumbers = new HashMap<>();
    private final Map<Integer, List<DependencyRef>> dependencies = new HashMap<>();
    private @Nullable LaunchActivity launches;
    private long inSync = -1;

    /**
     * Takes the rows as they are.
     *
     * @param rows all rows of the run, closed ones too
     * @param steering what people asked of it
     */
    public CutoverSnapshot(Collection<LedgerRow> rows, CutoverPlan plan, ActiveControls steering) {
        this.plan = plan;
        this.steering = steering;
        rows.forEach(this::add);
    }

    private void add(LedgerRow row) {
        rows.put(row.row(), row);
        byWave.computeIfAbsent(row.wave(), wave -> new ArrayList<>()).add(row);
        byKey.computeIfAbsent(ServerName.key(row.serverName()), key -> new ArrayList<>(1))
                .add(row);
        if (row.sourceId() != null) {
            byKey.computeIfAbsent(idKey(row.sourceId()), key -> new ArrayList<>(1))
                    .add(row);
        }
    }

    private static String idKey(String source) {
        return "id:" + source.toLowerCase(Locale.ROOT);
    }

    /** The same run with some of its rows changed. */
    CutoverSnapshot with(Collection<LedgerRow> changed) {
        var all = new TreeMap<>(rows);
        changed.forEach(row -> all.put(row.row(), row));
        return new CutoverSnapshot(all.values(), plan, steering);
    }

    /** The same run with more servers outside it whose targets run; their keys are as {@link ActiveControls} has them. */
    public CutoverSnapshot withAcceptedElsewhere(Set<String> keys) {
        return new CutoverSnapshot(rows.values(), plan, steering.withAcceptedElsewhere(keys));
    }

    /** What the job file says. */
    public CutoverPlan plan() {
        return plan;
    }

    /** What people asked of the run. */
    ActiveControls steering() {
        return steering;
    }

    /** All rows, in the order of the inventory. */
    public Collection<LedgerRow> rows() {
        return rows.values();
    }

    /** The row of that number; null when there is none. */
    public @Nullable LedgerRow row(int number) {
        return rows.get(number);
    }

    List<LedgerRow> open() {
        return rows.values().stream().filter(LedgerRow::open).toList();
    }

    /** The open rows of a wave. */
    List<LedgerRow> open(String wave) {
        return openByWave.computeIfAbsent(
                wave,
                name -> byWave.getOrDefault(name, List.of()).stream()
                        .filter(LedgerRow::open)
                        .toList());
    }

    /** The numbers of the open rows of a wave, one list for all that ask. */
    List<Integer> openNumbers(String wave) {
        return openNumbers.computeIfAbsent(
                wave, name -> open(name).stream().map(LedgerRow::row).toList());
    }

    /** The names of the waves that have rows. */
    Collection<String> waves() {
        return byWave.keySet();
    }

    /** What the row depends on. */
    List<DependencyRef> dependencies(LedgerRow row) {
        return dependencies.computeIfAbsent(
                row.row(),
                number -> row.dependsOn().stream().map(DependencyRef::of).toList());
    }

    /** The rows that a dependency means: all of that name; none when this run does not know the server. */
    public List<LedgerRow> meant(DependencyRef reference) {
        return byKey.getOrDefault(reference.key(), List.of());
    }

    /** Whether a server outside this run, by its id, was seen to be launched. */
    boolean acceptedElsewhere(DependencyRef reference) {
        return steering.acceptedElsewhere().contains(reference.key());
    }

    /** How many rows in sync take a place while they wait for their launch. */
    long inSync() {
        inSync = inSync < 0
                ? rows.values().stream().filter(OccupiedPlaces::takesOneInSync).count()
                : inSync;
        return inSync;
    }

    /** The targets that are being launched now, and the latest launch. */
    LaunchActivity launches() {
        launches = launches == null ? countLaunches() : launches;
        return launches;
    }

    private LaunchActivity countLaunches() {
        int launching = 0;
        Instant latest = null;
        for (var row : rows.values()) {
            launching += isLaunching(row) ? 1 : 0;
            var at = launchedAt(row);
            latest = latest == null || at != null && at.isAfter(latest) ? at : latest;
        }
        return new LaunchActivity(launching, latest);
    }

    /** A launch that failed gives its place among the launches back, whether or not it is tried again. */
    static boolean isLaunching(LedgerRow row) {
        return row.open()
                && !row.seen().showsFailure()
                && (row.stage() == Stage.LAUNCHING
                        || row.call() != null && row.call().undecided(Operation.LAUNCH));
    }

    private static @Nullable Instant launchedAt(LedgerRow row) {
        var call = row.call();
        boolean sent = call != null
                && call.operation() == Operation.LAUNCH
                && (call.state().undecided() || call.state().executed());
        return sent ? Objects.requireNonNull(call).at() : row.milestones().launchedAt();
    }
}
