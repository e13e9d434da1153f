package dev.smsrunner.jobfile;

import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Builds the job of effective settings, block by block, and refuses what does not go together. */
final class JobBinder {

    private static final Set<String> OF_MIGRATE = Set.of(Keys.DEFAULTS, "retry", "cutover", Keys.WAVES);
    private static final Set<String> OF_OTHERS = Set.of("action", "changestate", Keys.UPDATE, "stop-dcs");
    private static final List<String> SCOPES =
            List.of(Keys.PROJECT_ID, Keys.PROJECT_NAME, Keys.DOMAIN_ID, Keys.DOMAIN_NAME);

    private static final int MOST_LAUNCHES = 1000;
    private static final Duration INSTANTLY = Duration.ofMillis(1);
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

    /** The job; to be used only when no problem was found. */
    JobFile bind(@Nullable Path inventory) {
        JobKind kind = kind();
        Path rows = inventory == null ? path(Keys.INVENTORY, "") : inventory(inventory);
        Service service = service();
        RowDefaults row = new RowDefaults(settings);
        ActionBlock action = kind == JobKind.ACTION ? row.action() : null;
        ChangestateBlock changestate = kind == JobKind.CHANGESTATE ? row.changestate() : null;
        UpdateBlock update = kind == JobKind.UPDATE ? row.update() : null;
        StopDcsBlock stopDcs = kind == JobKind.STOP_DCS ? row.stopDcs(service.scope()) : null;
        Retry retry = new Retry(2, Duration.ofSeconds(30));
        if (kind == JobKind.STOP_DCS) {
            retry = new Retry(
                    settings.whole(Keys.STOP_RETRIES, 3, 0, 100),
                    settings.duration(Keys.STOP_BACKOFF, Duration.ofSeconds(10), INSTANTLY, DAY));
        }
        Cutover cutover = new Cutover(Cutover.When.SYNCED, null);
        Map<String, List<String>> after = Map.of();
        if (kind == JobKind.MIGRATE) {
            row.defaults();
            retry = retry();
            WindowReader window = new WindowReader(settings);
            ZoneId zone = window.zone();
            cutover = cutover(row, window.read(zone));
            after = new WaveReader(settings, zone).read();
        }
        Limits limits = limits();
        Watch watch = watch();
        Report report = new Report(path(Keys.DIRECTORY, "reports"));
        Notify notifying = new NotifyReader(settings, file).read();
        SimulatorBlock simulator = simulator(service);
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
                notifying,
                simulator,
                action,
                changestate,
                update,
                stopDcs,
                after,
                text,
                settings.map(),
                settings.defaulted(),
                settings.hash());
    }

    private JobKind kind() {
        Setting given = settings.given().get(Keys.JOB);
        if (!settings.given().wasWritten(Keys.JOB)) {
            settings.problem(Keys.JOB, "is missing", "write job: migrate, action, changestate, update or stop-dcs");
        }
        JobKind kind = settings.word(Keys.JOB, JobKind.class, JobKind.MIGRATE);
        if (given != null && given.text().equalsIgnoreCase(kind.word())) {
            noForeignBlocks(kind);
        }
        return kind;
    }

    private void noForeignBlocks(JobKind kind) {
        for (Setting setting : settings.given().all()) {
            String root = Keys.root(setting.key());
            if (kind == JobKind.MIGRATE ? OF_OTHERS.contains(root) : isForeign(root, kind)) {
                String advice = kind == JobKind.MIGRATE
                        ? "remove it, or write job: " + root
                        : "remove it; this job has the block " + kind.word() + " instead";
                settings.impossible(setting.key(), "this key", "job: " + kind.word(), advice);
            }
        }
    }

    private static boolean isForeign(String root, JobKind kind) {
        return OF_MIGRATE.contains(root) || OF_OTHERS.contains(root) && !root.equals(kind.word());
    }

    private Path path(String key, String otherwise) {
        if (!settings.given().wasWritten(key) && otherwise.isEmpty()) {
            settings.problem(key, "is missing", "write the path of a file, or name it with --" + key);
        }
        Path path = settings.path(key);
        if (path == null) {
            path = file.resolveSibling(otherwise).normalize();
            settings.record(key, settings.relative(path));
        }
        return path;
    }

    private Path inventory(Path path) {
        settings.record(Keys.INVENTORY, settings.relative(path));
        return path;
    }

    private Service service() {
        String endpoint = "";
        Setting given = settings.given().get(Keys.ENDPOINT);
        if (given != null) {
            endpoint = EndpointSetting.check(given.text(), fault -> settings.fault(Keys.ENDPOINT, fault));
            settings.record(Keys.ENDPOINT, endpoint);
        } else if (!settings.given().wasWritten(Keys.ENDPOINT)) {
            settings.problem(Keys.ENDPOINT, "is missing", "write simulator, or https://sms.<region>.myhuaweicloud.com");
        }
        return new Service(
                endpoint, settings.word(Keys.AUTH, Service.Auth.class, Service.Auth.AKSK), scope(), copystateStyle());
    }

    /** Also by its short names, upper and lower. */
    private Service.CopystateStyle copystateStyle() {
        Setting given = settings.given().get(Keys.COPYSTATE_STYLE);
        for (Service.CopystateStyle style : Service.CopystateStyle.values()) {
            String word = style.name().toLowerCase(Locale.ROOT);
            if (given != null && word.equals(given.text().toLowerCase(Locale.ROOT) + "case")) {
                settings.record(Keys.COPYSTATE_STYLE, word);
                return style;
            }
        }
        return settings.word(Keys.COPYSTATE_STYLE, Service.CopystateStyle.class, Service.CopystateStyle.LOWERCASE);
    }

    private Service.Scope scope() {
        List<String> given = SCOPES.stream().filter(settings.given()::has).toList();
        if (given.size() > 1) {
            settings.impossible(given.get(1), "this key", given.get(0), "keep one of them");
        }
        return new Service.Scope(
                settings.text(Keys.PROJECT_ID),
                settings.text(Keys.PROJECT_NAME),
                settings.text(Keys.DOMAIN_ID),
                settings.text(Keys.DOMAIN_NAME));
    }

    private Limits limits() {
        return new Limits(
                settings.whole(Keys.CONCURRENT, 100, 1, 1000),
                settings.number(Keys.REQUESTS_PER_SECOND, "auto", 0.01, 1000),
                settings.duration(Keys.DATABASE_OUTAGE, Duration.ofMinutes(5), INSTANTLY, MONTH));
    }

    private Watch watch() {
        Duration every = settings.duration(Keys.EVERY, Duration.ofSeconds(30), INSTANTLY, DAY);
        Duration stalled = settings.duration(Keys.STALLED_AFTER, Duration.ofMinutes(30), INSTANTLY, MONTH);
        Duration giveUp = giveUpAfter(stalled);
        if (stalled.compareTo(every) < 0) {
            settings.impossible(
                    Keys.STALLED_AFTER,
                    Durations.write(stalled),
                    Keys.EVERY + " " + Durations.write(every),
                    "a stall cannot be shorter than the time between two looks");
        }
        if (giveUp != null && giveUp.compareTo(stalled) < 0) {
            settings.impossible(
                    Keys.GIVE_UP_AFTER,
                    Durations.write(giveUp),
                    Keys.STALLED_AFTER + " " + Durations.write(stalled),
                    "give up after the stall was noticed");
        }
        return new Watch(every, stalled, giveUp);
    }

    private @Nullable Duration giveUpAfter(Duration stalled) {
        Setting given = settings.given().get(Keys.GIVE_UP_AFTER);
        if (given != null && given.text().equalsIgnoreCase("never")) {
            settings.record(Keys.GIVE_UP_AFTER, "never");
            return null;
        }
        return settings.duration(Keys.GIVE_UP_AFTER, stalled.multipliedBy(8), INSTANTLY, MONTH.multipliedBy(8));
    }

    private Retry retry() {
        return new Retry(
                settings.whole(Keys.RESTARTS, 2, 0, 100),
                settings.duration(Keys.BACKOFF, Duration.ofSeconds(30), INSTANTLY, DAY));
    }

    private Cutover cutover(RowDefaults row, Cutover.@Nullable Window window) {
        launches();
        boolean noSync = row.refusesSyncing();
        Cutover.When otherwise = noSync && window == null ? Cutover.When.AUTO : Cutover.When.SYNCED;
        Cutover.When when = settings.word(Keys.WHEN, Cutover.When.class, otherwise);
        if (when == Cutover.When.AUTO) {
            noLaunches(Keys.LAUNCHES);
            noLaunches(Keys.PACE);
        }
        if (when == Cutover.When.AUTO && window != null) {
            settings.impossible(
                    Keys.WHEN,
                    "auto",
                    "cutover.window",
                    "SMS would launch at the end of the copy, at any time; write when: synced or remove the window");
        } else if (when != Cutover.When.AUTO && noSync) {
            settings.impossible(
                    "defaults.syncing",
                    "false",
                    window == null ? Keys.WHEN + ": " + when.name().toLowerCase(Locale.ROOT) : "cutover.window",
                    "SMS would launch by itself at the end of the copy; remove one of the two");
        }
        return new Cutover(
                when,
                window,
                settings.wordUnlessUsual(Keys.ON_DIFFERENCE, Cutover.OnDifference.class, Cutover.OnDifference.WARN));
    }

    /** How many targets are launched at once and how fast; nothing is recorded where nothing is given. */
    private void launches() {
        Setting launches = settings.given().get(Keys.LAUNCHES);
        if (launches != null && launches.text().equalsIgnoreCase("none")) {
            settings.record(Keys.LAUNCHES, "none");
        } else if (launches != null) {
            settings.whole(Keys.LAUNCHES, MOST_LAUNCHES, 1, MOST_LAUNCHES);
        }
        if (settings.given().has(Keys.PACE)) {
            settings.duration(Keys.PACE, Duration.ZERO, Duration.ZERO, DAY);
        }
    }

    private void noLaunches(String key) {
        if (settings.given().has(key)) {
            settings.impossible(
                    key,
                    "this key",
                    Keys.WHEN + ": auto",
                    "SMS launches by itself at the end of each copy; write when: synced, or remove the key");
        }
    }

    private @Nullable SimulatorBlock simulator(Service service) {
        if (!service.isSimulator()) {
            noSimulatorKeys(service.endpoint());
            return null;
        }
        return new SimulatorBlock(
                settings.whole(Keys.SERVERS, 48, 1, 100_000),
                settings.number(Keys.SPEED, 600, 0.01, 1_000_000),
                settings.whole(Keys.SEED, 7L, Long.MIN_VALUE, Long.MAX_VALUE),
                settings.path(Keys.FAULTS),
                settings.number(Keys.SIMULATED_LIMIT, "none", 0.01, 100_000),
                settings.path(Keys.STATE));
    }

    private void noSimulatorKeys(String endpoint) {
        for (Setting setting : settings.given().all()) {
            if (Keys.root(setting.key()).equals("simulator") && endpoint.startsWith("http")) {
                settings.impossible(
                        setting.key(),
                        "this key",
                        Keys.ENDPOINT + " " + endpoint,
                        "remove it, or write " + Keys.ENDPOINT + ": simulator");
            }
        }
    }
}
