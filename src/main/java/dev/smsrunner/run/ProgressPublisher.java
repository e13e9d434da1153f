package dev.smsrunner.run;

import dev.smsrunner.ledger.AttentionCause;
import dev.smsrunner.ledger.EventDraft;
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

/** Follows what is committed, tells the listener what an operator wants to know at once, and the counts twice a second. */
final class ProgressPublisher implements AutoCloseable {

    private static final Logger events = LoggerFactory.getLogger("dev.smsrunner.events");
    private static final Duration EVERY = Duration.ofMillis(500);

    private final Map<Integer, LedgerRow> rows = new ConcurrentHashMap<>();
    private final Set<String> told = ConcurrentHashMap.newKeySet();
    private final RunListener listener;
    private final Thread ticker;
    private volatile Supplier<ApiStats> figures = () -> ApiStats.NONE;

    ProgressPublisher(RunListener listener) {
        this.listener = listener;
        this.ticker = new Thread(this::tick, "progress");
        ticker.setDaemon(true);
    }

    /** Begins to tell the counts. */
    void follow(Supplier<ApiStats> api) {
        figures = api;
        ticker.start();
    }

    /** Takes the rows from the ledger, where rows come in without an entry: when the inventory was read. */
    void reload(Ledger ledger, String runId) {
        put(ledger.all(runId));
    }

    /** Hears of what is committed. */
    void committed(LedgerWrite entry) {
        rows.put(entry.row().row(), entry.row());
        for (var event : entry.events()) {
            log(entry.row(), event);
            text(entry.row(), event).ifPresent(text -> listener.said(entry.row(), text));
        }
    }

    /** Hears how far the copies are. */
    void looked(Collection<LedgerRow> seen) {
        put(seen);
        listener.looked(seen);
    }

    /** What an operator wants to read of it: where the row is now, what it waits for, what went wrong. */
    private Optional<String> text(LedgerRow row, EventDraft event) {
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
            case DEPENDENCY -> Optional.of("its dependency %s is launched".formatted(event.before()));
            case STATE, RUN, INTAKE, WRITE, CONTROL -> Optional.empty();
        };
    }

    private Optional<String> attention(LedgerRow row, EventDraft event) {
        if (event.after() != null) {
            return isNew(row, event.after()) ? Optional.of(event.after()) : Optional.empty();
        }
        boolean differs = row.consistency() != null && row.consistency().differs();
        boolean goesOnAsItIs = AttentionCause.isOnlyTold(event.before())
                || differs
                        && AttentionCause.of(event.before())
                                .filter(AttentionCause.CONSISTENCY::equals)
                                .isPresent();
        return goesOnAsItIs ? Optional.empty() : Optional.of("as expected again");
    }

    /** A difference that holds nothing is said once, whatever part of the run finds it again. */
    private boolean isNew(LedgerRow row, @Nullable String text) {
        return !AttentionCause.isOnlyTold(text) || told.add(row.row() + " " + text);
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
                Thread.sleep(EVERY.toMillis());
                tell();
            }
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
    }

    private void tell() {
        listener.progress(StageCounts.of(new ArrayList<>(rows.values())), figures.get());
    }

    @Override
    public void close() {
        if (ticker.isAlive()) {
            ticker.interrupt();
            tell();
        }
    }
}
