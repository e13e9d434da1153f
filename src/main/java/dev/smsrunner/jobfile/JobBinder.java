package dev.smsrunner.jobfile;

import static dev.smsrunner.jobfile.SharedSettings.*;

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

    private static final List<SettingDefinition<String>> SCOPES =
            List.of(PROJECT_ID, PROJECT_NAME, DOMAIN_ID, DOMAIN_NAME);

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
        Path rows = inventory == null ? inventory() : settings.record(INVENTORY, inventory);
        ServiceSettings service = service();
        int speed = settings.value(SPEED_LIMIT_MAX);
        if (settings.has(SPEED_LIMIT_MAX)) {
            settings.fill(CellLimits.SPEED, String.valueOf(speed));
        }
        JobSettings own = job.bind(settings);
        LimitSettings limits = limits();
        WatchSettings watch = watch();
        ReportSettings report = new ReportSettings(settings.value(DIRECTORY));
        NotifySettings notification = new NotifySettings(
                settings.value(NOTIFY_ON), settings.find(NOTIFY_COMMAND), settings.value(NOTIFY_TEXT));
        SimulatedService simulator = simulator(service);
        return new JobFile(
                file,
                job,
                rows,
                new ColumnsReader(settings).read(),
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
                own.gates(),
                settings.values(),
                text,
                settings.map(),
                settings.defaultedKeys(),
                settings.hash(),
                settings.warnings());
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
        return Objects.requireNonNullElse(settings.find(INVENTORY), file);
    }

    private ServiceSettings service() {
        return new ServiceSettings(
                Objects.requireNonNullElse(settings.find(ENDPOINT), ""),
                settings.value(AUTH),
                scope(),
                settings.value(COPYSTATE_STYLE));
    }

    private ServiceSettings.Scope scope() {
        var given = SCOPES.stream().filter(settings::has).toList();
        if (given.size() > 1) {
            settings.conflict(given.get(1), "this key", given.get(0).key(), "keep one of them");
        }
        return new ServiceSettings.Scope(
                settings.find(PROJECT_ID),
                settings.find(PROJECT_NAME),
                settings.find(DOMAIN_ID),
                settings.find(DOMAIN_NAME));
    }

    private LimitSettings limits() {
        return new LimitSettings(
                settings.value(CONCURRENT), settings.find(REQUESTS_PER_SECOND), settings.value(DATABASE_OUTAGE));
    }

    private WatchSettings watch() {
        Duration every = settings.value(EVERY);
        Duration stalled = settings.value(STALLED_AFTER);
        Duration giveUp = settings.find(GIVE_UP_AFTER.withDefault(Durations.write(stalled.multipliedBy(8))));
        requireLonger(STALLED_AFTER, stalled, EVERY, every);
        if (giveUp != null) {
            requireLonger(GIVE_UP_AFTER, giveUp, STALLED_AFTER, stalled);
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
                settings.value(SERVERS),
                settings.value(SPEED),
                settings.value(SEED),
                settings.find(FAULTS),
                settings.find(SIMULATED_LIMIT),
                settings.find(STATE));
    }

    private void rejectSimulatorKeys(String endpoint) {
        for (Setting setting : settings.raw().all()) {
            if (SettingKeys.root(setting.key()).equals("simulator") && endpoint.startsWith("http")) {
                settings.conflict(
                        setting.key(),
                        "this key",
                        ENDPOINT.key() + " " + endpoint,
                        "remove it, or write " + ENDPOINT.key() + ": simulator");
            }
        }
    }
}
