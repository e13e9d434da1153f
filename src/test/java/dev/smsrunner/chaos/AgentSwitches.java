package dev.smsrunner.chaos;

import dev.smsrunner.chaos.agent.Defects;
import dev.smsrunner.chaos.agent.GraceAdvice;
import dev.smsrunner.chaos.agent.Points;
import dev.smsrunner.chaos.agent.Troubles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a process of the program is to do besides its work.
 *
 * @param kill the point at which it dies, null when it lives
 * @param points the file in which it lists the points it passes, null when it does not
 * @param defect what is wrong with it, null when nothing is
 * @param trouble what befalls it, as properties; empty when nothing does
 */
record AgentSwitches(
        @Nullable String kill,
        @Nullable Path points,
        @Nullable Defect defect,
        Map<String, String> trouble) {

    /** Only its work. */
    static final AgentSwitches NONE = new AgentSwitches(null, null, null, Map.of());

    /** No call of a trial takes longer than that, unless it is the trial's point. */
    private static final long GRACE = Long.getLong("trials.grace", 2_000);

    AgentSwitches dyingAt(@Nullable String point) {
        return new AgentSwitches(point, points, defect, trouble);
    }

    AgentSwitches listing(Path file) {
        return new AgentSwitches(kill, file, defect, trouble);
    }

    static AgentSwitches with(@Nullable Defect defect) {
        return new AgentSwitches(null, null, defect, Map.of());
    }

    /** The clock of the machine is wrong by the seconds that stand in the file. */
    AgentSwitches clockOf(Path file) {
        return new AgentSwitches(kill, points, defect, Map.of(Troubles.CLOCK, file.toString()));
    }

    /** An error is thrown, or a thread hangs, at a point; a process that stands still ends itself after eight seconds. */
    AgentSwitches troubled(String what, String point) {
        return new AgentSwitches(
                kill,
                points,
                defect,
                Map.of(Troubles.WHAT, what, Troubles.AT, point, Troubles.STANDSTILL, String.valueOf(8_000)));
    }

    List<String> properties() {
        var properties = new ArrayList<String>();
        properties.add("-D" + GraceAdvice.PROPERTY + "=" + GRACE);
        if (kill != null) {
            properties.add("--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED"); // where the kill comes from
            properties.add("-D" + Points.KILL + "=" + kill);
        }
        if (points != null) {
            properties.add("-D" + Points.LIST + "=" + points);
        }
        if (defect != null) {
            properties.add("-D" + Defects.PROPERTY + "=" + defect.name());
        }
        trouble.forEach((name, value) -> properties.add("-D" + name + "=" + value));
        return properties;
    }
}
