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
 * Switches of the agent in a process of the program.
 *
 * @param kill point at which the process is killed, or null
 * @param points file that lists the passed points, or null
 * @param defect seeded defect, or null
 * @param trouble properties of a process fault, empty for none
 */
record AgentSwitches(
        @Nullable String kill,
        @Nullable Path points,
        @Nullable Defect defect,
        Map<String, String> trouble) {

    /** No switches. */
    static final AgentSwitches NONE = new AgentSwitches(null, null, null, Map.of());

    /** Maximum duration of a call, unless a trial delays it. */
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

    /** Shifts the clock of the machine by the seconds in the file. */
    AgentSwitches clockOf(Path file) {
        return new AgentSwitches(kill, points, defect, Map.of(Troubles.CLOCK, file.toString()));
    }

    /** Throws an error or hangs a thread at a point. The watchdog ends the process after eight seconds without progress. */
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
            properties.add("--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED"); // required by the kill
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
