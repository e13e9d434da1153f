package dev.smsrunner.jobfile;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Reads job files. */
public final class JobFiles {

    private JobFiles() {}

    /**
     * Reads and checks a job file.
     *
     * @param file the YAML file
     * @param overrides what the command line says instead
     * @param environment the values for {@code ${NAME}}
     * @throws JobFileException with all problems, if there are any
     */
    public static JobFile read(Path file, Overrides overrides, Map<String, String> environment)
            throws JobFileException {
        return bind(file, JobFileText.read(file), overrides, environment, false);
    }

    /**
     * Builds a job again from the text that {@link JobFile#text()} gave; the file itself is not looked at. Values that an earlier
     * version allowed are no problem.
     *
     * @throws JobFileException with all problems, if there are any
     */
    public static JobFile restore(Path file, String text, Overrides overrides, Map<String, String> environment)
            throws JobFileException {
        return bind(file, text, overrides, environment, true);
    }

    private static JobFile bind(
            Path file, String text, Overrides overrides, Map<String, String> environment, boolean begun)
            throws JobFileException {
        Problems problems = new Problems(file.toString());
        YamlNode root = YamlTree.read(file.toString(), text, problems);
        RawSettings given = new RawSettings(problems, new EnvironmentVariables(environment));
        given.add(root, overridden(overrides));
        given.add(overrides.set());
        EffectiveSettings settings = new EffectiveSettings(file, given, problems, begun);
        JobFile job = new JobBinder(file, text, settings).bind(overrides.inventory());
        problems.throwIfAny();
        return job;
    }

    /** The keys whose value in the file does not count, so that it need not be good either. */
    private static Set<String> overridden(Overrides overrides) {
        Set<String> keys = new HashSet<>(overrides.set().keySet());
        if (overrides.inventory() != null) {
            keys.add(SettingKeys.INVENTORY);
        }
        return keys;
    }
}
