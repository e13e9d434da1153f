package dev.smsrunner.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobSpec;
import io.fabric8.kubernetes.api.model.batch.v1.PodFailurePolicyRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.ParseResult;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.Annotated;
import tools.jackson.databind.introspect.JacksonAnnotationIntrospector;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The files of {@code deploy}: manifests of Kubernetes, units of systemd and the container image. */
class DeploymentTests {

    private static final Path DEPLOY = Path.of("deploy");

    /** Exit codes after which the same command continues the run by itself. */
    private static final List<Integer> REPEATED = List.of(ExitCode.UNREACHABLE.code(), ExitCode.INTERNAL.code());

    @TempDir
    private Path folder;

    /** Reads fields that the model does not know as errors. */
    private static final ObjectMapper STRICT = YAMLMapper.builder()
            .annotationIntrospector(new JacksonAnnotationIntrospector() {
                @Override
                public Boolean hasAnySetter(MapperConfig<?> config, Annotated member) {
                    return false;
                }
            })
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private static <T> T manifest(String name, Class<T> kind) throws IOException {
        return STRICT.readValue(Files.readString(DEPLOY.resolve("kubernetes").resolve(name)), kind);
    }

    private static JobSpec jobSpec(String name) throws IOException {
        return name.equals("job.yaml")
                ? manifest(name, Job.class).getSpec()
                : manifest(name, CronJob.class).getSpec().getJobTemplate().getSpec();
    }

    private static PodSpec pod(String name) throws IOException {
        return jobSpec(name).getTemplate().getSpec();
    }

    private static Container container(String name) throws IOException {
        return pod(name).getContainers().get(0);
    }

    @Test
    void unknownFieldOfAManifestIsAnError() {
        assertThatThrownBy(() -> STRICT.readValue("spec: {parallelisms: 1}", Job.class))
                .isInstanceOf(JacksonException.class)
                .hasMessageContaining("parallelisms");
    }

    @Test
    void cronJobStartsTheSameJob() throws IOException {
        assertThat(STRICT.writeValueAsString(jobSpec("cronjob.yaml")))
                .isEqualTo(STRICT.writeValueAsString(jobSpec("job.yaml")));
        assertThat(manifest("cronjob.yaml", CronJob.class).getSpec().getConcurrencyPolicy())
                .isEqualTo("Forbid");
    }

    @ParameterizedTest
    @ValueSource(strings = {"job.yaml", "cronjob.yaml"})
    void podRunsAKnownCommandAsAnOrdinaryUser(String name) throws IOException {
        ParseResult run = CommandReference.program()
                .commandLine()
                .parseArgs(container(name).getArgs().toArray(String[]::new));

        assertThat(run.subcommand().commandSpec().name()).isEqualTo("run");
        assertThat(run.subcommand().hasMatchedOption("--yes")).isTrue();
        assertThat(pod(name).getSecurityContext().getRunAsNonRoot()).isTrue();
        assertThat(container(name).getSecurityContext().getReadOnlyRootFilesystem())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"job.yaml", "cronjob.yaml"})
    void pathsOfTheCommandAreMounted(String name) throws IOException {
        List<String> mounts = container(name).getVolumeMounts().stream()
                .map(mount -> mount.getMountPath() + "/")
                .toList();
        List<String> paths = container(name).getArgs().stream()
                .map(argument -> argument.substring(argument.indexOf('=') + 1))
                .filter(argument -> argument.startsWith("/"))
                .toList();

        assertThat(paths).hasSize(3).allSatisfy(path -> assertThat(mounts).anyMatch(path::startsWith));
        assertThat(container(name).getVolumeMounts())
                .extracting("name")
                .containsExactlyInAnyOrderElementsOf(pod(name).getVolumes().stream()
                        .map(volume -> (Object) volume.getName())
                        .toList());
    }

    @ParameterizedTest
    @ValueSource(strings = {"job.yaml", "cronjob.yaml"})
    void podIsRepeatedWhenTheSameCommandContinuesTheRun(String name) throws IOException {
        List<PodFailurePolicyRule> rules = jobSpec(name).getPodFailurePolicy().getRules();

        assertThat(rules).extracting("action").containsExactly("Ignore", "FailJob");
        assertThat(rules.get(1).getOnExitCodes().getValues()).isEqualTo(endingCodes());
        assertThat(pod(name).getRestartPolicy()).isEqualTo("Never");
    }

    @Test
    void volumeIsTheOneOfThePod() throws IOException {
        PersistentVolumeClaim claim = manifest("volume.yaml", PersistentVolumeClaim.class);

        assertThat(pod("job.yaml").getVolumes())
                .filteredOn(volume -> volume.getPersistentVolumeClaim() != null)
                .extracting(volume -> volume.getPersistentVolumeClaim().getClaimName())
                .containsExactly(claim.getMetadata().getName());
    }

    @Test
    void serviceIsRepeatedWhenTheSameCommandContinuesTheRun() throws IOException {
        String prevented = setting("sms-runner@.service", "RestartPreventExitStatus");

        assertThat(Arrays.stream(prevented.split(" ")).map(Integer::valueOf)).isEqualTo(endingCodes());
        assertThat(setting("sms-runner@.service", "SuccessExitStatus")).isEqualTo("" + ExitCode.STOPPED.code());
        String command = setting("sms-runner@.service", "ExecStart").replace("%i", "night-1");
        ParseResult run = CommandReference.program()
                .commandLine()
                .parseArgs(command.substring(command.indexOf(' ') + 1).split(" "));
        assertThat(run.subcommand().commandSpec().name()).isEqualTo("run");
    }

    @Test
    void systemdAcceptsTheUnits() throws IOException, InterruptedException {
        assumeTrue(isInstalled("systemd-analyze"), "systemd-analyze is not installed");
        Path program = Files.writeString(folder.resolve("sms-runner"), "#!/bin/sh\n");
        assertThat(program.toFile().setExecutable(true)).isTrue();
        for (String unit : List.of("sms-runner@.service", "sms-runner@.timer")) {
            String text = Files.readString(DEPLOY.resolve("systemd").resolve(unit));
            Files.writeString(folder.resolve(unit), text.replace("/opt/sms-runner/bin/sms-runner", program.toString()));
        }

        Process verify = new ProcessBuilder(
                        "systemd-analyze", "verify", "sms-runner@night-1.service", "sms-runner@night-1.timer")
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();

        String output = new String(verify.getInputStream().readAllBytes());
        assertThat(verify.waitFor()).as(output).isZero();
        assertThat(output).doesNotContain("sms-runner@");
    }

    /** Exit codes after which a repeated command does not continue the run. */
    private static List<Integer> endingCodes() {
        return Arrays.stream(ExitCode.values())
                .map(ExitCode::code)
                .filter(code -> code != 0 && !REPEATED.contains(code))
                .toList();
    }

    private static String setting(String unit, String name) throws IOException {
        Matcher line = Pattern.compile("(?m)^" + name + "=(.*)$")
                .matcher(Files.readString(DEPLOY.resolve("systemd").resolve(unit)));
        assertThat(line.find()).as(name).isTrue();
        return line.group(1);
    }

    private static boolean isInstalled(String program) {
        return Stream.of(Optional.ofNullable(System.getenv("PATH")).orElse("").split(":"))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
    }
}
