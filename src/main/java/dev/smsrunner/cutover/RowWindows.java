package dev.smsrunner.cutover;

import dev.smsrunner.jobfile.CutoverSettings.Window;
import dev.smsrunner.jobfile.CutoverWindows;
import dev.smsrunner.ledger.LedgerRow;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Times at which one row may be launched; pure. The windows of a row never overlap.
 *
 * @param limited whether launches are allowed in windows only
 * @param windows windows of the row, in the order of their openings
 * @param notBefore earliest time of the launch; null for none
 */
public record RowWindows(
        boolean limited, List<Window> windows, @Nullable Instant notBefore) {

    /** Windows of a row. */
    public static RowWindows of(LedgerRow row, CutoverWindows all) {
        return new RowWindows(
                !all.isEmpty(),
                all.of(row.wave(), row.cutover().window()),
                row.cutover().notBefore());
    }

    /** Whether a launch is allowed at this instant, as far as time decides it. */
    public boolean mayLaunchAt(Instant now) {
        return !isEarly(now) && (!limited || openAt(now).isPresent());
    }

    /** Whether all windows are past their last call; false without windows. */
    public boolean isOverAt(Instant now) {
        return limited && windows.stream().allMatch(window -> window.isOverAt(now));
    }

    /** Window that is open at this instant. */
    public Optional<Window> openAt(Instant now) {
        return windows.stream().filter(window -> window.isOpenAt(now)).findFirst();
    }

    /** First window that opens after this instant, and in which the launch is not too early. */
    public Optional<Window> nextAfter(Instant now) {
        return windows.stream()
                .filter(window -> window.open().isAfter(now))
                .filter(window -> notBefore == null || window.lastCall().isAfter(notBefore))
                .findFirst();
    }

    /** Window from the opening to the close of which the instant is. */
    public Optional<Window> containing(Instant instant) {
        return windows.stream().filter(window -> window.contains(instant)).findFirst();
    }

    /** Window with the latest last call; empty without windows. */
    public Optional<Window> last() {
        return windows.stream().max(Comparator.comparing(Window::lastCall));
    }

    /** Instant from which a launch that is allowed now must not be sent any more; null without windows. */
    public @Nullable Instant lastCallAt(Instant now) {
        return openAt(now).map(Window::lastCall).orElse(null);
    }

    /** Whether the instant is before the earliest time of the launch. */
    boolean isEarly(Instant now) {
        return notBefore != null && now.isBefore(notBefore);
    }
}
