package dev.smsrunner.trial;

import dev.smsrunner.trial.inside.Defects;
import dev.smsrunner.trial.inside.GraceAdvice;
import dev.smsrunner.trial.inside.Points;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a process of the program is to do besides its work.
 *
 * @param kill the point at which it dies, null when it lives
 * @param points the file in which it lists the points it passes, null when it does not
 * @param defect what is wrong with it, null when nothing is
 */
record Switches(
        @Nullable String kill,
        @Nullable Path points,
        @Nullable Defect defect) {

    /** Only its work. */
    static final Switches NONE = new Switches(null, null, null);

    /** No call of a trial takes longer than that, unless it is the trial's point. */
    private static final long GRACE = Long.getLong("trials.grace", 2_000);

    Switches dyingAt(@Nullable String point) {
        return new Switches(point, points, defect);
    }

    Switches listing(Path file) {
        return new Switches(kill, file, defect);
    }

    static Switches with(@Nullable Defect defect) {
        return new Switches(null, null, defect);
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
        return properties;
    }
}
