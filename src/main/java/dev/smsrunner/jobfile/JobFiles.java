package dev.smsrunner.jobfile;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads job files. */
public final class JobFiles {

    private JobFiles() {}

    /**
     * Reads and checks a job file.
     *
     * @param file the YAML file
     * @param overrides settings of the command line
     * @param environment values for {@code ${NAME}}
     * @param jobs all jobs, in the order of messages
     * @throws JobFileException with all problems, if there are any
     */
    public static JobFile read(
            Path file, Overrides overrides, Map<String, String> environment, List<? extends JobDefinition> jobs)
            throws JobFileException {
        return bind(file, JobFileText.read(file), overrides, environment, List.copyOf(jobs), false);
    }

    /**
     * Restores a job from the recorded {@link JobFile#text()}, without reading the file. Values that an earlier version allowed
     * are accepted.
     *
     * @throws JobFileException with all problems, if there are any
     */
    public static JobFile restore(
            Path file,
            String text,
            Overrides overrides,
            Map<String, String> environment,
            List<? extends JobDefinition> jobs)
            throws JobFileException {
        return bind(file, text, overrides, environment, List.copyOf(jobs), true);
    }

    private static JobFile bind(
            Path file,
            String text,
            Overrides overrides,
            Map<String, String> environment,
            List<JobDefinition> jobs,
            boolean recorded)
            throws JobFileException {
        Problems problems = new Problems(file.toString());
        YamlNode root = YamlTree.read(file.toString(), text, problems);
        RawSettings raw = new RawSettings(
                new SettingKeys(SharedSettings.with(jobs)), problems, new EnvironmentVariables(environment));
        raw.add(root, overriddenKeys(overrides));
        raw.add(overrides.set());
        EffectiveSettings settings = new EffectiveSettings(file, raw, problems, recorded);
        JobFile job = new JobBinder(file, text, settings, jobs).bind(overrides.inventory());
        problems.throwIfAny();
        return job;
    }

    /** Keys overridden by the command line. Their values in the file need not be valid. */
    private static Set<String> overriddenKeys(Overrides overrides) {
        Set<String> keys = new HashSet<>(overrides.set().keySet());
        if (overrides.inventory() != null) {
            keys.add(SharedSettings.INVENTORY.key());
        }
        return keys;
    }
}
