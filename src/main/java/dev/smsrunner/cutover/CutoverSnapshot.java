package dev.smsrunner.cutover;

import dev.smsrunner.inventory.DependencyRef;
import dev.smsrunner.inventory.ServerName;
import dev.smsrunner.jobfile.CutoverSettings;
import dev.smsrunner.ledger.ActiveControls;
import dev.smsrunner.ledger.GateRecords;
import dev.smsrunner.ledger.LedgerRow;
import dev.smsrunner.ledger.Operation;
import dev.smsrunner.ledger.Outcome;
import dev.smsrunner.ledger.Stage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Rows of a run at one moment, indexed by number, server, source and wave, with the plan and the operator's controls. */
public final class CutoverSnapshot {

    /** Outcomes of rows whose launch, if there was one, had an effect. */
    private static final Set<Outcome> KEEPS_PLACE = EnumSet.of(Outcome.MIGRATED, Outcome.FAILED, Outcome.SKIPPED);

    private final CutoverPlan plan;
    private final ActiveControls controls;
    private final TreeMap<Integer, LedgerRow> rows = new TreeMap<>();
    private final Map<String, List<LedgerRow>> byKey = new HashMap<>();
    private final Map<String, List<LedgerRow>> byWave = new HashMap<>();
    private final Map<String, List<LedgerRow>> openByWave = new HashMap<>();
    private final Map<String, List<Integer>> openRowNumbers = new HashMap<>();
    private final Map<Integer, List<DependencyRef>> dependencies = new HashMap<>();
    private @Nullable LaunchActivity launches;
    private long inSync = -1;

    /**
     * Indexes the rows.
     *
     * @param rows all rows of the run, closed ones too
     * @param controls active controls of the operator
     */
    public CutoverSnapshot(Collection<LedgerRow> rows, CutoverPlan plan, ActiveControls controls) {
        this.plan = plan;
        this.controls = controls;
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

    /** Copy of the snapshot with some rows replaced. */
    CutoverSnapshot withChanged(Collection<LedgerRow> changed) {
        var all = new TreeMap<>(rows);
        changed.forEach(row -> all.put(row.row(), row));
        return new CutoverSnapshot(all.values(), plan, controls);
    }

    /**
     * Copy of the snapshot with more servers outside the run whose targets run. Their keys have the format of {@link
     * ActiveControls}.
     */
    public CutoverSnapshot withAcceptedElsewhere(Set<String> keys) {
        return new CutoverSnapshot(rows.values(), plan, controls.withAcceptedElsewhere(keys));
    }

    /** Recorded plan of the run. */
    public CutoverPlan plan() {
        return plan;
    }

    /** Active controls of the operator. */
    ActiveControls controls() {
        return controls;
    }

    /** Agreements about launches. */
    GateRecords agreements() {
        return controls.gates();
    }

    /** All rows, in the order of the inventory. */
    public Collection<LedgerRow> rows() {
        return rows.values();
    }

    /** Row with this number; null when there is none. */
    public @Nullable LedgerRow row(int number) {
        return rows.get(number);
    }

    List<LedgerRow> openRows() {
        return rows.values().stream().filter(LedgerRow::isOpen).toList();
    }

    /** Open rows of a wave. */
    List<LedgerRow> openRows(String wave) {
        return openByWave.computeIfAbsent(
                wave,
                name -> byWave.getOrDefault(name, List.of()).stream()
                        .filter(LedgerRow::isOpen)
                        .toList());
    }

    /** Numbers of the open rows of a wave; computed once per wave. */
    List<Integer> openRowNumbers(String wave) {
        return openRowNumbers.computeIfAbsent(
                wave, name -> openRows(name).stream().map(LedgerRow::row).toList());
    }

    /** Names of the waves that have rows. */
    Collection<String> waves() {
        return byWave.keySet();
    }

    /** Dependencies of the row. */
    List<DependencyRef> dependencies(LedgerRow row) {
        return dependencies.computeIfAbsent(
                row.row(),
                number -> row.dependsOn().stream().map(DependencyRef::of).toList());
    }

    /** Rows that a dependency refers to: all rows with that name. Empty when this run does not contain the server. */
    public List<LedgerRow> resolve(DependencyRef reference) {
        return byKey.getOrDefault(reference.key(), List.of());
    }

    /** Whether a server outside this run was observed as launched, by its id. */
    boolean isAcceptedElsewhere(DependencyRef reference) {
        return controls.acceptedElsewhere().contains(reference.key());
    }

    /** Number of rows in sync that occupy a place while they wait for their launch. */
    long inSync() {
        inSync = inSync < 0
                ? rows.values().stream().filter(OccupiedPlaces::takesOneInSync).count()
                : inSync;
        return inSync;
    }

    /** Current number of launches and the time of the latest launch. */
    LaunchActivity launches() {
        launches = launches == null ? countLaunches() : launches;
        return launches;
    }

    private LaunchActivity countLaunches() {
        int launching = 0;
        Instant latest = null;
        var byWindow = new HashMap<String, Integer>();
        for (var row : rows.values()) {
            windowOfLaunch(row).ifPresent(window -> byWindow.merge(window.name(), 1, Integer::sum));
            launching += isLaunching(row) ? 1 : 0;
            var at = launchTime(row);
            latest = latest == null || at != null && at.isAfter(latest) ? at : latest;
        }
        return new LaunchActivity(launching, latest, byWindow);
    }

    /** Whether the target is being launched. A failed launch does not count, even if the runner retries it. */
    static boolean isLaunching(LedgerRow row) {
        return row.isOpen()
                && !row.observed().showsFailure()
                && (row.stage() == Stage.LAUNCHING
                        || row.call() != null && row.call().isUndecided(Operation.LAUNCH));
    }

    /** Window in which the target of the row was launched, if it was; a failed launch gives its place back. */
    public Optional<CutoverSettings.Window> windowOfLaunch(LedgerRow row) {
        var at = plan.windows().isEmpty() || !countsAsLaunched(row) ? null : launchTime(row);
        return at == null ? Optional.empty() : plan.windowsOf(row).containing(at);
    }

    private static boolean countsAsLaunched(LedgerRow row) {
        if (row.observed().showsFailure()) {
            return false;
        }
        return row.isOpen()
                ? row.stage() == Stage.LAUNCHING || row.hasSentLaunch()
                : row.hasSentLaunch() || KEEPS_PLACE.contains(row.outcome());
    }

    /** Time of the launch; null when there was none. */
    public static @Nullable Instant launchTime(LedgerRow row) {
        return row.hasSentLaunch()
                ? Objects.requireNonNull(row.call()).at()
                : row.milestones().launchedAt();
    }
}
