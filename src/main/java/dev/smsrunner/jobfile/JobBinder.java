package dev.smsrunner.jobfile;

import dev.smsrunner.inventory.CellLimits;
import dev.smsrunner.support.Durations;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Builds the job from the effective settings, block by block, and reports settings that exclude each other. */
final class JobBinder {

    private static final List<SettingDefinition<String>> SCOPES = List.of(
            SharedSettings.PROJECT_ID,
            SharedSettings.PROJECT_NAME,
            SharedSettings.DOMAIN_ID,
            SharedSettings.DOMAIN_NAME);

    private final Path file;
    private final String text;
    private final EffectiveSettings settings;
    private final List<JobDefinition> jobs;

    /** @param jobs all jobs; the first one is the default */
    JobBinder(Path file, String text, EffectiveSettings settings, List<JobDefinition> jobs) {
        this.jobs = jobs;
        this.file = file;
        this.text = text;
        this.settings = settings;
    }

    /** Builds the job. The result is valid only if no problem was reported. */
    JobFile bind(@Nullable Path inventory) {
        JobDefinition job = job();
        Path rows = inventory == null ? inventory() : settings.record(SharedSettings.INVENTORY, inventory);
        ServiceSettings service = service();
        int speed = settings.value(SharedSettings.SPEED_LIMIT_MAX);
        if (settings.has(SharedSettings.SPEED_LIMIT_MAX)) {
            settings.fill(CellLimits.SPEED, String.valueOf(speed));
        }
        JobSettings own = job.bind(settings);
        LimitSettings limits = limits();
        WatchSettings watch = watch();
        ReportSettings report = new ReportSettings(settings.value(SharedSettings.DIRECTORY));
        NotifySettings notification = new NotifySettings(
                settings.value(SharedSettings.NOTIFY_ON),
                settings.find(SharedSettings.NOTIFY_COMMAND),
                settings.value(SharedSettings.NOTIFY_TEXT));
        SimulatedService simulator = simulator(service);
        return new JobFile(
                file,
                job,
                rows,
                service,
                settings.byColumn(),
                limits,
                watch,
                own.retry(),
                own.cutover(),
                report,
                notification,
                simulator,
                own.after(),
                settings.values(),
                text,
                settings.map(),
                settings.defaultedKeys(),
                settings.hash());
    }

    private JobDefinition job() {
        JobDefinition job = settings.find(SharedSettings.job(jobs));
        if (job != null) {
            rejectForeignBlocks(job);
        }
        return Objects.requireNonNullElse(job, jobs.get(0));
    }

    private void rejectForeignBlocks(JobDefinition job) {
        Set<String> own = blocksOf(List.of(job));
        Set<String> all = blocksOf(jobs);
        for (Setting setting : settings.raw().all()) {
            String root = SettingKeys.root(setting.key());
            if (all.contains(root) && !own.contains(root)) {
                String advice = own.contains(job.label())
                        ? "remove it; this job has the block " + job.label() + " instead"
                        : "remove it, or write job: " + root;
                settings.conflict(setting.key(), "this key", "job: " + job.label(), advice);
            }
        }
    }

    private static Set<String> blocksOf(List<JobDefinition> jobs) {
        return jobs.stream()
                .flatMap(job -> job.settings().stream())
                .map(setting -> SettingKeys.root(setting.key()))
                .collect(Collectors.toSet());
    }

    private Path inventory() {
        return Objects.requireNonNullElse(settings.find(SharedSettings.INVENTORY), file);
    }

    private ServiceSettings service() {
        return new ServiceSettings(
                Objects.requireNonNullElse(settings.find(SharedSettings.ENDPOINT), ""),
                settings.value(SharedSettings.AUTH),
                scope(),
                settings.value(SharedSettings.COPYSTATE_STYLE));
    }

    private ServiceSettings.Scope scope() {
        var given = SCOPES.stream().filter(settings::has).toList();
        if (given.size() > 1) {
            settings.conflict(given.get(1), "this key", given.get(0).key(), "keep one of them");
        }
        return new ServiceSettings.Scope(
                settings.find(SharedSettings.PROJECT_ID),
                settings.find(SharedSettings.PROJECT_NAME),
                settings.find(SharedSettings.DOMAIN_ID),
                settings.find(SharedSettings.DOMAIN_NAME));
    }

    private LimitSettings limits() {
        return new LimitSettings(
                settings.value(SharedSettings.CONCURRENT),
                settings.find(SharedSettings.REQUESTS_PER_SECOND),
                settings.value(SharedSettings.DATABASE_OUTAGE));
    }

    private WatchSettings watch() {
        Duration every = settings.value(SharedSettings.EVERY);
        Duration stalled = settings.value(SharedSettings.STALLED_AFTER);
        Duration giveUp =
                settings.find(SharedSettings.GIVE_UP_AFTER.withDefault(Durations.write(stalled.multipliedBy(8))));
        requireLonger(SharedSettings.STALLED_AFTER, stalled, SharedSettings.EVERY, every);
        if (giveUp != null) {
            requireLonger(SharedSettings.GIVE_UP_AFTER, giveUp, SharedSettings.STALLED_AFTER, stalled);
        }
        return new WatchSettings(every, stalled, giveUp);
    }

    private void requireLonger(
            SettingDefinition<?> setting, Duration value, SettingDefinition<?> than, Duration shorter) {
        if (value.compareTo(shorter) < 0) {
            settings.conflict(
                    setting,
                    Durations.write(value),
                    than.key() + " " + Durations.write(shorter),
                    "write a longer time, or a shorter " + than.key());
        }
    }

    private @Nullable SimulatedService simulator(ServiceSettings service) {
        if (!service.isSimulator()) {
            rejectSimulatorKeys(service.endpoint());
            return null;
        }
        return new SimulatedService(
                settings.value(SharedSettings.SERVERS),
                settings.value(SharedSettings.SPEED),
                settings.value(SharedSettings.SEED),
                settings.find(SharedSettings.FAULTS),
                settings.find(SharedSettings.SIMULATED_LIMIT),
                settings.find(SharedSettings.STATE));
    }

    private void rejectSimulatorKeys(String endpoint) {
        for (Setting setting : settings.raw().all()) {
            if (SettingKeys.root(setting.key()).equals("simulator") && endpoint.startsWith("http")) {
                settings.conflict(
                        setting.key(),
                        "this key",
                        SharedSettings.ENDPOINT.key() + " " + endpoint,
                        "remove it, or write " + SharedSettings.ENDPOINT.key() + ": simulator");
            }
        }
    }
}
