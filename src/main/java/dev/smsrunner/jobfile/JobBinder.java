package dev.smsrunner.jobfile;

import dev.smsrunner.support.Durations;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Builds the job from the effective settings, block by block, and reports settings that exclude each other. */
final class JobBinder {

    private static final Set<String> MIGRATE_BLOCKS =
            Set.of(SettingKeys.DEFAULTS, "retry", "cutover", SettingKeys.WAVES);
    private static final Set<String> OTHER_BLOCKS = Set.of("action", "changestate", SettingKeys.UPDATE, "stop-dcs");
    private static final List<String> SCOPES =
            List.of(SettingKeys.PROJECT_ID, SettingKeys.PROJECT_NAME, SettingKeys.DOMAIN_ID, SettingKeys.DOMAIN_NAME);

    private static final int MAX_LAUNCHES = 1000;
    private static final Duration SHORTEST = Duration.ofMillis(1);
    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration MONTH = Duration.ofDays(30);

    private final Path file;
    private final String text;
    private final EffectiveSettings settings;

    JobBinder(Path file, String text, EffectiveSettings settings) {
        this.file = file;
        this.text = text;
        this.settings = settings;
    }

    /** Builds the job. The result is valid only if no problem was reported. */
    JobFile bind(@Nullable Path inventory) {
        JobKind kind = kind();
        Path rows = inventory == null ? path(SettingKeys.INVENTORY, "") : inventory(inventory);
        ServiceSettings service = service();
        RowDefaults row = new RowDefaults(settings);
        ActionSettings action = kind == JobKind.ACTION ? row.action() : null;
        ChangestateSettings changestate = kind == JobKind.CHANGESTATE ? row.changestate() : null;
        UpdateSettings update = kind == JobKind.UPDATE ? row.update() : null;
        StopDcsSettings stopDcs = kind == JobKind.STOP_DCS ? row.stopDcs(service.scope()) : null;
        RetrySettings retry = new RetrySettings(2, Duration.ofSeconds(30));
        if (kind == JobKind.STOP_DCS) {
            retry = new RetrySettings(
                    settings.integer(SettingKeys.STOP_RETRIES, 3, 0, 100),
                    settings.duration(SettingKeys.STOP_BACKOFF, Duration.ofSeconds(10), SHORTEST, DAY));
        }
        CutoverSettings cutover = new CutoverSettings(CutoverSettings.LaunchMode.SYNCED, null);
        Map<String, List<String>> after = Map.of();
        if (kind == JobKind.MIGRATE) {
            row.defaults();
            retry = retry();
            WindowReader window = new WindowReader(settings);
            ZoneId zone = window.zone();
            cutover = cutover(row, window.read(zone));
            after = new WaveReader(settings, zone).read();
        }
        LimitSettings limits = limits();
        WatchSettings watch = watch();
        ReportSettings report = new ReportSettings(path(SettingKeys.DIRECTORY, "reports"));
        NotifySettings notification = new NotifyReader(settings, file).read();
        SimulatedService simulator = simulator(service);
        return new JobFile(
                file,
                kind,
                rows,
                service,
                row.byColumn(),
                limits,
                watch,
                retry,
                cutover,
                report,
                notification,
                simulator,
                action,
                changestate,
                update,
                stopDcs,
                after,
                text,
                settings.map(),
                settings.defaultedKeys(),
                settings.hash());
    }

    private JobKind kind() {
        Setting given = settings.raw().get(SettingKeys.JOB);
        if (!settings.raw().wasWritten(SettingKeys.JOB)) {
            settings.problem(
                    SettingKeys.JOB, "is missing", "write job: migrate, action, changestate, update or stop-dcs");
        }
        JobKind kind = settings.choice(SettingKeys.JOB, JobKind.class, JobKind.MIGRATE);
        if (given != null && given.text().equalsIgnoreCase(kind.label())) {
            rejectForeignBlocks(kind);
        }
        return kind;
    }

    private void rejectForeignBlocks(JobKind kind) {
        for (Setting setting : settings.raw().all()) {
            String root = SettingKeys.root(setting.key());
            if (kind == JobKind.MIGRATE ? OTHER_BLOCKS.contains(root) : isForeign(root, kind)) {
                String advice = kind == JobKind.MIGRATE
                        ? "remove it, or write job: " + root
                        : "remove it; this job has the block " + kind.label() + " instead";
                settings.conflict(setting.key(), "this key", "job: " + kind.label(), advice);
            }
        }
    }

    private static boolean isForeign(String root, JobKind kind) {
        return MIGRATE_BLOCKS.contains(root) || OTHER_BLOCKS.contains(root) && !root.equals(kind.label());
    }

    private Path path(String key, String defaultValue) {
        if (!settings.raw().wasWritten(key) && defaultValue.isEmpty()) {
            settings.problem(key, "is missing", "write the path of a file, or give it with --" + key);
        }
        Path path = settings.path(key);
        if (path == null) {
            path = file.resolveSibling(defaultValue).normalize();
            settings.record(key, settings.relative(path));
        }
        return path;
    }

    private Path inventory(Path path) {
        settings.record(SettingKeys.INVENTORY, settings.relative(path));
        return path;
    }

    private ServiceSettings service() {
        String endpoint = "";
        Setting given = settings.raw().get(SettingKeys.ENDPOINT);
        if (given != null) {
            endpoint = EndpointSetting.check(given.text(), fault -> settings.fault(SettingKeys.ENDPOINT, fault));
            settings.record(SettingKeys.ENDPOINT, endpoint);
        } else if (!settings.raw().wasWritten(SettingKeys.ENDPOINT)) {
            settings.problem(
                    SettingKeys.ENDPOINT, "is missing", "write simulator, or https://sms.<region>.myhuaweicloud.com");
        }
        return new ServiceSettings(
                endpoint,
                settings.choice(SettingKeys.AUTH, ServiceSettings.Auth.class, ServiceSettings.Auth.AKSK),
                scope(),
                copystateStyle());
    }

    /** Style of the copy state; the short names upper and lower are accepted too. */
    private ServiceSettings.CopystateStyle copystateStyle() {
        Setting given = settings.raw().get(SettingKeys.COPYSTATE_STYLE);
        for (ServiceSettings.CopystateStyle style : ServiceSettings.CopystateStyle.values()) {
            String shortName = style.name().toLowerCase(Locale.ROOT);
            if (given != null && shortName.equals(given.text().toLowerCase(Locale.ROOT) + "case")) {
                settings.record(SettingKeys.COPYSTATE_STYLE, shortName);
                return style;
            }
        }
        return settings.choice(
                SettingKeys.COPYSTATE_STYLE,
                ServiceSettings.CopystateStyle.class,
                ServiceSettings.CopystateStyle.LOWERCASE);
    }

    private ServiceSettings.Scope scope() {
        List<String> given = SCOPES.stream().filter(settings.raw()::has).toList();
        if (given.size() > 1) {
            settings.conflict(given.get(1), "this key", given.get(0), "keep one of them");
        }
        return new ServiceSettings.Scope(
                settings.text(SettingKeys.PROJECT_ID),
                settings.text(SettingKeys.PROJECT_NAME),
                settings.text(SettingKeys.DOMAIN_ID),
                settings.text(SettingKeys.DOMAIN_NAME));
    }

    private LimitSettings limits() {
        return new LimitSettings(
                settings.integer(SettingKeys.CONCURRENT, 100, 1, 1000),
                settings.number(SettingKeys.REQUESTS_PER_SECOND, "auto", 0.01, 1000),
                settings.duration(SettingKeys.DATABASE_OUTAGE, Duration.ofMinutes(5), SHORTEST, MONTH));
    }

    private WatchSettings watch() {
        Duration every = settings.duration(SettingKeys.EVERY, Duration.ofSeconds(30), SHORTEST, DAY);
        Duration stalled = settings.duration(SettingKeys.STALLED_AFTER, Duration.ofMinutes(30), SHORTEST, MONTH);
        Duration giveUp = giveUpAfter(stalled);
        if (stalled.compareTo(every) < 0) {
            settings.conflict(
                    SettingKeys.STALLED_AFTER,
                    Durations.write(stalled),
                    SettingKeys.EVERY + " " + Durations.write(every),
                    "write a longer time, or a shorter watch.every");
        }
        if (giveUp != null && giveUp.compareTo(stalled) < 0) {
            settings.conflict(
                    SettingKeys.GIVE_UP_AFTER,
                    Durations.write(giveUp),
                    SettingKeys.STALLED_AFTER + " " + Durations.write(stalled),
                    "write a longer time, or a shorter watch.stalled-after");
        }
        return new WatchSettings(every, stalled, giveUp);
    }

    private @Nullable Duration giveUpAfter(Duration stalled) {
        Setting given = settings.raw().get(SettingKeys.GIVE_UP_AFTER);
        if (given != null && given.text().equalsIgnoreCase("never")) {
            settings.record(SettingKeys.GIVE_UP_AFTER, "never");
            return null;
        }
        return settings.duration(SettingKeys.GIVE_UP_AFTER, stalled.multipliedBy(8), SHORTEST, MONTH.multipliedBy(8));
    }

    private RetrySettings retry() {
        return new RetrySettings(
                settings.integer(SettingKeys.RESTARTS, 2, 0, 100),
                settings.duration(SettingKeys.BACKOFF, Duration.ofSeconds(30), SHORTEST, DAY));
    }

    private CutoverSettings cutover(RowDefaults row, CutoverSettings.@Nullable Window window) {
        launches();
        boolean noSync = row.disablesSyncing();
        CutoverSettings.LaunchMode defaultValue =
                noSync && window == null ? CutoverSettings.LaunchMode.AUTO : CutoverSettings.LaunchMode.SYNCED;
        CutoverSettings.LaunchMode when =
                settings.choice(SettingKeys.WHEN, CutoverSettings.LaunchMode.class, defaultValue);
        if (when == CutoverSettings.LaunchMode.AUTO) {
            rejectWithAutoLaunch(SettingKeys.LAUNCHES);
            rejectWithAutoLaunch(SettingKeys.PACE);
        }
        if (when == CutoverSettings.LaunchMode.AUTO && window != null) {
            settings.conflict(
                    SettingKeys.WHEN,
                    "auto",
                    "cutover.window",
                    "SMS would launch at the end of the copy, at any time; write when: synced or remove the window");
        } else if (when != CutoverSettings.LaunchMode.AUTO && noSync) {
            settings.conflict(
                    "defaults.syncing",
                    "false",
                    window == null ? SettingKeys.WHEN + ": " + when.name().toLowerCase(Locale.ROOT) : "cutover.window",
                    "SMS would launch by itself at the end of the copy; remove one of the two");
        }
        return new CutoverSettings(
                when,
                window,
                settings.choiceUnlessDefault(
                        SettingKeys.ON_DIFFERENCE,
                        CutoverSettings.OnDifference.class,
                        CutoverSettings.OnDifference.WARN));
    }

    /** Records limit and pace of launches, if set. */
    private void launches() {
        Setting launches = settings.raw().get(SettingKeys.LAUNCHES);
        if (launches != null && launches.text().equalsIgnoreCase("none")) {
            settings.record(SettingKeys.LAUNCHES, "none");
        } else if (launches != null) {
            settings.integer(SettingKeys.LAUNCHES, MAX_LAUNCHES, 1, MAX_LAUNCHES);
        }
        if (settings.raw().has(SettingKeys.PACE)) {
            settings.duration(SettingKeys.PACE, Duration.ZERO, Duration.ZERO, DAY);
        }
    }

    private void rejectWithAutoLaunch(String key) {
        if (settings.raw().has(key)) {
            settings.conflict(
                    key,
                    "this key",
                    SettingKeys.WHEN + ": auto",
                    "SMS launches by itself at the end of each copy; write when: synced, or remove the key");
        }
    }

    private @Nullable SimulatedService simulator(ServiceSettings service) {
        if (!service.isSimulator()) {
            rejectSimulatorKeys(service.endpoint());
            return null;
        }
        return new SimulatedService(
                settings.integer(SettingKeys.SERVERS, 48, 1, 100_000),
                settings.number(SettingKeys.SPEED, 600, 0.01, 1_000_000),
                settings.integer(SettingKeys.SEED, 7L, Long.MIN_VALUE, Long.MAX_VALUE),
                settings.path(SettingKeys.FAULTS),
                settings.number(SettingKeys.SIMULATED_LIMIT, "none", 0.01, 100_000),
                settings.path(SettingKeys.STATE));
    }

    private void rejectSimulatorKeys(String endpoint) {
        for (Setting setting : settings.raw().all()) {
            if (SettingKeys.root(setting.key()).equals("simulator") && endpoint.startsWith("http")) {
                settings.conflict(
                        setting.key(),
                        "this key",
                        SettingKeys.ENDPOINT + " " + endpoint,
                        "remove it, or write " + SettingKeys.ENDPOINT + ": simulator");
            }
        }
    }
}
