package dev.smsrunner.simulator;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Displayed state of a source server.
 *
 * @param state source state, in the letter case of ListServers
 * @param cycle migration cycle
 * @param stateSince when the state last changed
 * @param cycleSince when the cycle last changed
 */
record DisplayedState(String state, String cycle, Instant stateSince, Instant cycleSince) {

    static DisplayedState of(List<TaskPhase> course) {
        TaskPhase present = course.get(course.size() - 1);
        Instant cycleSince = present.since();
        for (int i = course.size() - 1; i >= 0 && course.get(i).cycle().equals(present.cycle()); i--) {
            cycleSince = course.get(i).since();
        }
        return new DisplayedState(present.phase().sourceState(), present.cycle(), present.since(), cycleSince);
    }

    /** A write after the last state change of the migration hides its state until the next change. */
    DisplayedState overwrittenBy(SimulatedServer.RecordedState written) {
        if (written.at().isBefore(stateSince)) {
            return this;
        }
        return new DisplayedState(
                or(written.state(), state),
                or(written.cycle(), cycle),
                written.state() == null ? stateSince : written.at(),
                written.cycle() == null ? cycleSince : written.at());
    }

    private static String or(@Nullable String first, String otherwise) {
        return first == null ? otherwise : first;
    }
}
