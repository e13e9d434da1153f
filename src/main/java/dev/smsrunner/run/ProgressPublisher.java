package dev.smsrunner.run;

import dev.smsrunner.ledger.AttentionCause;
import dev.smsrunner.ledger.EventDraft;
import dev.smsrunner.ledger.GateDecision;
import dev.smsrunner.ledger.Ledger;
import dev.smsrunner.ledger.LedgerRow;
import dev.smsrunner.ledger.LedgerWrite;
import dev.smsrunner.ledger.StageCounts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Publishes committed changes to the listener at once, and the counts twice a second. */
final class ProgressPublisher implements AutoCloseable {

    private static final Logger events = LoggerFactory.getLogger("dev.smsrunner.events");
    private static final Duration INTERVAL = Duration.ofMillis(500);

    private final Map<Integer, LedgerRow> rows = new ConcurrentHashMap<>();
    private final Set<String> reported = ConcurrentHashMap.newKeySet();
    private final RunListener listener;
    private final Thread ticker;
    private volatile Supplier<ApiStats> stats = () -> ApiStats.NONE;

    ProgressPublisher(RunListener listener) {
        this.listener = listener;
        this.ticker = new Thread(this::tick, "progress");
        ticker.setDaemon(true);
    }

    /** Starts to publish the counts. */
    void start(Supplier<ApiStats> apiStats) {
        stats = apiStats;
        ticker.start();
    }

    /** Reloads the rows from the ledger; needed after the inventory step, which appends rows without entries. */
    void reload(Ledger ledger, String runId) {
        put(ledger.findAll(runId));
    }

    /** Publishes the events of a committed write. */
    void onCommit(LedgerWrite entry) {
        rows.put(entry.row().row(), entry.row());
        for (var event : entry.events()) {
            log(entry.row(), event);
            message(entry.row(), event).ifPresent(text -> listener.rowMessage(entry.row(), text));
        }
    }

    /** Publishes a committed decision about a gate. */
    void onGate(GateDecision decision) {
        listener.gateDecided(decision);
    }

    /** Publishes the observed copy progress. */
    void onObservation(Collection<LedgerRow> observed) {
        put(observed);
        listener.rowsObserved(observed);
    }

    /** Operator message of an event; empty for events that are not shown. */
    private Optional<String> message(LedgerRow row, EventDraft event) {
        return switch (event.kind()) {
            case STAGE ->
                Optional.of(event.detail() == null ? "" + event.after() : event.after() + ": " + event.detail());
            case ATTENTION -> attention(row, event);
            case CALL ->
                Set.of("UNKNOWN", "REFUSED", "SEEN", "ABSENT").contains("" + event.after())
                        ? Optional.of(event.before() + " " + event.after() + ", " + event.detail())
                        : Optional.empty();
            case FINDING ->
                "WARNING".equals(event.after()) && isNew(row, event.detail())
                        ? Optional.of("warning: " + event.detail())
                        : Optional.empty();
            case DEPENDENCY -> Optional.of("dependency %s is launched".formatted(event.before()));
            case STATE, RUN, INTAKE, WRITE, CONTROL, WINDOW, GATE -> Optional.empty();
        };
    }

    private Optional<String> attention(LedgerRow row, EventDraft event) {
        if (event.after() != null) {
            return isNew(row, event.after()) ? Optional.of(event.after()) : Optional.empty();
        }
        boolean differs = row.consistency() != null && row.consistency().differs();
        boolean unchanged = AttentionCause.isInformational(event.before())
                || differs
                        && AttentionCause.of(event.before())
                                .filter(AttentionCause.CONSISTENCY::equals)
                                .isPresent();
        return unchanged ? Optional.empty() : Optional.of("recovered");
    }

    /** Whether the text was not reported yet; a difference that blocks nothing is reported once per row. */
    private boolean isNew(LedgerRow row, @Nullable String text) {
        return !AttentionCause.isInformational(text) || reported.add(row.row() + " " + text);
    }

    private static void log(LedgerRow row, EventDraft event) {
        events.info(
                "{} {}: {} -> {}{}{}",
                row.label(),
                event.kind(),
                event.before(),
                event.after(),
                event.detail() == null ? "" : ": " + event.detail(),
                event.requestId() == null ? "" : " (request " + event.requestId() + ")");
    }

    private void put(Collection<LedgerRow> all) {
        all.forEach(row -> rows.put(row.row(), row));
    }

    private void tick() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                Thread.sleep(INTERVAL.toMillis());
                publish();
            }
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
    }

    private void publish() {
        listener.progress(StageCounts.of(new ArrayList<>(rows.values())), stats.get());
    }

    @Override
    public void close() {
        if (ticker.isAlive()) {
            ticker.interrupt();
            publish();
        }
    }
}
