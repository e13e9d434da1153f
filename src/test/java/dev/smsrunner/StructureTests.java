package dev.smsrunner;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.smsrunner.job.BulkJob;
import dev.smsrunner.job.BulkJobs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Allowed dependencies of the packages, and forbidden APIs. */
class StructureTests {

    private static final String ROOT = "dev.smsrunner";
    private static final JavaClasses PRODUCT = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(ROOT);

    /** Packages that every bulk job may use; each job is a package of its own and uses no other job. */
    private static final Set<String> JOB = Set.of(
            "cloud",
            "cutover",
            "dcs",
            "intent",
            "inventory",
            "jobfile",
            "ledger",
            "preflight",
            "reconcile",
            "sms",
            "target");

    /** Packages that duplicate code on purpose, so that they detect its errors. */
    private static final Set<String> INDEPENDENT = Set.of("simulator", "verify");

    /** Allowed dependencies of each package: earlier stages and shared packages. */
    private static final Map<String, Set<String>> USES = Map.ofEntries(
            Map.entry("cloud", Set.of()),
            Map.entry("sms", Set.of("cloud")),
            Map.entry("dcs", Set.of("cloud")),
            Map.entry("simulator", Set.of()),
            Map.entry("inventory", Set.of()),
            Map.entry("jobfile", Set.of("inventory")),
            Map.entry("localjdbc", Set.of()),
            Map.entry("support", Set.of()),
            Map.entry("database", Set.of("localjdbc")),
            Map.entry("ledger", Set.of("database", "inventory")),
            Map.entry("target", Set.of("inventory", "ledger", "sms")),
            Map.entry("intent", Set.of("cloud", "ledger", "sms", "dcs")),
            Map.entry("preflight", Set.of("cloud", "inventory", "jobfile", "ledger", "sms", "target")),
            Map.entry("intake", Set.of("inventory", "preflight", "sms")),
            Map.entry("cutover", Set.of("inventory", "jobfile", "ledger")),
            Map.entry(
                    "reconcile",
                    Set.of(
                            "intent",
                            "cloud",
                            "cutover",
                            "inventory",
                            "jobfile",
                            "ledger",
                            "preflight",
                            "sms",
                            "target")),
            Map.entry("job", JOB),
            Map.entry("report", Set.of("cutover", "database", "ledger", "inventory", "jobfile")),
            Map.entry("notification", Set.of("cloud", "jobfile")),
            Map.entry("verify", Set.of("cloud", "ledger", "report", "sms")),
            Map.entry("dashboard", Set.of("cutover", "ledger", "report", "inventory", "jobfile")),
            Map.entry(
                    "batch",
                    Set.of(
                            "cloud",
                            "database",
                            "intent",
                            "inventory",
                            "job",
                            "jobfile",
                            "ledger",
                            "preflight",
                            "reconcile",
                            "sms")),
            Map.entry(
                    "run",
                    Set.of(
                            "batch",
                            "intent",
                            "job",
                            "cloud",
                            "cutover",
                            "database",
                            "dcs",
                            "reconcile",
                            "inventory",
                            "jobfile",
                            "ledger",
                            "preflight",
                            "report",
                            "sms",
                            "target")));

    static Set<String> packages() {
        var names = new TreeSet<String>();
        for (var one : PRODUCT) {
            if (one.getPackageName().startsWith(ROOT + ".")) {
                names.add(one.getPackageName().substring(ROOT.length() + 1).replaceFirst("\\..*", ""));
            }
        }
        return names;
    }

    @ParameterizedTest
    @MethodSource("packages")
    void packageUsesOnlyAllowedPackages(String name) {
        if (name.equals("cli")) {
            return; // the top package, with separate rules below
        }
        assertThat(USES)
                .as("Add the allowed dependencies of the new package '%s' here", name)
                .containsKey(name);
        var allowed = new java.util.ArrayList<String>();
        allowed.add(within(name));
        if (!INDEPENDENT.contains(name)) {
            allowed.add(within("support"));
        }
        USES.get(name).forEach(other -> allowed.add(within(other)));

        noClasses()
                .that()
                .resideInAPackage(within(name))
                .should()
                .dependOnClassesThat(ours().and(resideOutsideOfPackages(allowed.toArray(String[]::new))))
                .check(PRODUCT);
    }

    @Test
    void onlyTheProgramUsesTheCommands() {
        noClasses()
                .that()
                .resideInAPackage(ROOT + "..")
                .and()
                .resideOutsideOfPackages(ROOT, within("cli"))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(within("cli"))
                .check(PRODUCT);
    }

    @Test
    void onlySimulatorCommandsUseTheSimulator() {
        noClasses()
                .that()
                .resideOutsideOfPackage(within("simulator"))
                .and()
                .haveNameNotMatching(".*\\.cli\\.(Embedded)?Simulat[^.]*")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(within("simulator"))
                .check(PRODUCT);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(PRODUCT);
    }

    /** The registry knows the jobs; a job knows neither another job nor the registry. */
    @Test
    void jobsDoNotKnowEachOther() {
        slices().matching(ROOT + ".job.(*)..")
                .namingSlices("job $1")
                .should()
                .notDependOnEachOther()
                .check(PRODUCT);
        noClasses()
                .that()
                .resideInAPackage(ROOT + ".job.*..")
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName(ROOT + ".job.BulkJobs")
                .check(PRODUCT);
    }

    /**
     * A text of the form {@code equals("delete")} or {@code case "delete"} would be a decision by the kind of job. Verify compares
     * the recorded kind on purpose: it must not trust the jobs.
     */
    @Test
    void onlyTheRegistryDistinguishesJobs() throws IOException {
        var labels = BulkJobs.ALL.stream().map(BulkJob::label).collect(Collectors.joining("|"));
        var decision = Pattern.compile("(equals(IgnoreCase)?\\(|case |== *|!= *)\"(" + labels + ")\"");
        try (var files = Files.walk(Path.of("src/main/java"))) {
            var decisions = files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> !file.toString().contains("/verify/"))
                    .flatMap(StructureTests::statements)
                    .filter(statement -> decision.matcher(statement).find());

            assertThat(decisions).isEmpty();
        }
        noClasses()
                .that()
                .resideOutsideOfPackages(within("job"))
                .should()
                .dependOnClassesThat(resideInAPackage(ROOT + ".job.*..").and(ours()))
                .check(PRODUCT);
    }

    /** The lease and the console do not depend on their parent packages. */
    @ParameterizedTest
    @CsvSource({"run, lease", "cli, console"})
    void subpackageUsesNothingOfItsParent(String parent, String child) {
        noClasses()
                .that()
                .resideInAPackage(within(parent + "." + child))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(ROOT + "." + parent)
                .check(PRODUCT);
    }

    @Test
    void hashesAndPrivateFilesAreCreatedInOnePlace() {
        var others =
                noClasses().that().resideOutsideOfPackages(within("support"), within("simulator"), within("verify"));
        others.should()
                .callMethod(java.security.MessageDigest.class, "getInstance", String.class)
                .check(PRODUCT);
        noClasses()
                .that()
                .resideOutsideOfPackages(within("support"), within("simulator"), within("database"), within("cloud"))
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.nio.file.attribute.PosixFilePermissions")
                .check(PRODUCT);
    }

    /** The methods of a ledger row check each change of its stage; its builder does not. */
    @Test
    void onlyTheLedgerBuildsLedgerRows() {
        noClasses()
                .that()
                .resideOutsideOfPackage(ROOT + ".ledger")
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName(ROOT + ".ledger.LedgerRowBuilder")
                .check(PRODUCT);
    }

    @Test
    void onlyTheLedgerAndTheDatabaseUseSql() {
        noClasses()
                .that()
                .resideOutsideOfPackages(within("database"), within("ledger"), within("batch"), within("run"))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.springframework.jdbc..", "org.flywaydb..", "com.zaxxer..")
                .check(PRODUCT);
        noClasses()
                .that()
                .resideOutsideOfPackages(within("database"), within("ledger"), within("localjdbc"))
                .should()
                .dependOnClassesThat()
                .haveNameMatching("java\\.sql\\.(Statement|PreparedStatement|ResultSet|DriverManager)")
                .check(PRODUCT);
    }

    @Test
    void commandsDoNotUseSpring() {
        noClasses()
                .that()
                .resideInAnyPackage(ROOT, within("cli"))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.springframework..")
                .check(PRODUCT);
    }

    @Test
    void stagesDoNotUseSpring() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        within("job.migrate"),
                        within("reconcile"),
                        within("job.migrate.task"),
                        within("preflight"),
                        within("intent"),
                        within("report"),
                        within("sms"),
                        within("dcs"),
                        within("cloud"),
                        within("simulator"))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.springframework..")
                .check(PRODUCT);
    }

    @Test
    void stagesNeitherSleepNorReadTheSystemClock() {
        var stages = noClasses()
                .that()
                .resideInAnyPackage(
                        within("job.migrate"),
                        within("reconcile"),
                        within("job.migrate.task"),
                        within("preflight"),
                        within("intent"),
                        within("report"));

        stages.should().callMethod(Thread.class, "sleep", long.class).check(PRODUCT);
        stages.should().callMethod(System.class, "currentTimeMillis").check(PRODUCT);
        stages.should().callMethod(System.class, "nanoTime").check(PRODUCT);
        stages.should().callMethod(java.time.Clock.class, "systemUTC").check(PRODUCT);
        stages.should().callMethod(java.time.Clock.class, "systemDefaultZone").check(PRODUCT);
        for (var time : new Class<?>[] {
            java.time.Instant.class,
            java.time.LocalDate.class,
            java.time.LocalDateTime.class,
            java.time.OffsetDateTime.class,
            java.time.ZonedDateTime.class
        }) {
            stages.should().callMethod(time, "now").check(PRODUCT);
        }
        stages.should()
                .callMethodWhere(DescribedPredicate.describe(
                        "an unseeded random number",
                        call -> call.getTargetOwner().isEquivalentTo(Math.class)
                                && call.getName().equals("random")))
                .check(PRODUCT);
    }

    @Test
    void legacyTimeAndRetryApisAreNotUsed() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .haveNameMatching(
                        "java\\.util\\.(Date|Calendar|GregorianCalendar|Timer)|java\\.text\\.SimpleDateFormat")
                .check(PRODUCT);
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.springframework.retry..", "org.apache.commons.logging..")
                .check(PRODUCT);
    }

    @Test
    void jackson2IsNotUsed() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("com.fasterxml.jackson.databind..", "com.fasterxml.jackson.core..")
                .check(PRODUCT);
    }

    @Test
    void onlyNetworkPackagesUseTheHttpClient() {
        noClasses()
                .that()
                .resideOutsideOfPackages(
                        within("cloud"), within("dashboard"), within("simulator"), within("notification"))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("java.net.http..")
                .check(PRODUCT);
    }

    @Test
    void cloudChangesGoThroughMutatingCalls() {
        methods()
                .that()
                .areDeclaredIn("dev.smsrunner.sms.SmsApi")
                .and()
                .haveNameMatching("createTask|updateTask|limitSpeed|act|changeState")
                .should()
                .onlyBeCalled()
                .byClassesThat(resideInAPackage(within("job.migrate.task"))
                        .or(resideInAPackage(within("job.action")))
                        .or(resideInAPackage(within("job.changestate")))
                        .or(resideInAPackage(within("job.update")))
                        .or(resideInAPackage(within("job.migrate")))
                        .or(resideInAPackage(within("reconcile")))
                        .or(resideInAPackage(within("run")))
                        .or(resideInAPackage(within("sms"))))
                .check(PRODUCT);
        classes()
                .that(callsThatChange())
                .and()
                .resideInAnyPackage(
                        within("job.migrate.task"),
                        within("job.migrate"),
                        within("reconcile"),
                        within("job.action"),
                        within("job.changestate"),
                        within("job.update"))
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("dev.smsrunner.intent.MutatingCall")
                .check(PRODUCT);
    }

    /** Other comparisons of names merge two servers or split one. */
    @Test
    void serverNamesAreComparedByKeyOnly() throws IOException {
        var name = Pattern.compile("serverName\\(\\)|source\\.name\\(\\)|dependsOn\\(\\)|\"server_name\"");
        var compared = Pattern.compile("equalsIgnoreCase|toLowerCase|toUpperCase|\\.strip\\(|\\.(equals|contains)\\(");
        try (var files = Files.walk(Path.of("src/main/java"))) {
            var statements = files.filter(file -> file.toString().endsWith(".java"))
                    .flatMap(StructureTests::statements)
                    .filter(statement -> name.matcher(statement).find()
                            && compared.matcher(statement).find())
                    .filter(statement -> !statement.matches("(?s).*(ServerName\\.|nameKey\\(|TaskName\\.of).*"));

            assertThat(statements).isEmpty();
        }
    }

    private static Stream<String> statements(Path file) {
        try {
            return Pattern.compile("[;{}]").splitAsStream(Files.readString(file));
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    @Test
    void everyPackageIsNullMarked() throws ClassNotFoundException {
        for (var name : packages()) {
            var info = Class.forName(ROOT + "." + name + ".package-info");

            assertThat(info.isAnnotationPresent(NullMarked.class)).as(name).isTrue();
        }
    }

    @Test
    void typeAndPackageNamesAreSpecific() {
        assertThat(PRODUCT.stream()
                        .map(JavaClass::getSimpleName)
                        .filter(name -> Arrays.stream(new String[] {"Impl", "Manager", "Helper", "Util", "Utils"})
                                .anyMatch(name::endsWith)))
                .isEmpty();
        assertThat(packages()).doesNotContain("util", "common", "service", "model", "helper");
    }

    private static DescribedPredicate<JavaClass> ours() {
        return resideInAPackage(ROOT + "..");
    }

    private static DescribedPredicate<JavaClass> callsThatChange() {
        return DescribedPredicate.describe(
                "change something in the cloud",
                one -> one.getMethodCallsFromSelf().stream()
                        .anyMatch(call -> call.getTargetOwner().getFullName().equals("dev.smsrunner.sms.SmsApi")
                                && call.getName().matches("createTask|updateTask|limitSpeed|act|changeState")));
    }

    private static String within(String name) {
        return ROOT + "." + name + "..";
    }
}
