package dev.smsrunner.cli;

import dev.smsrunner.cloud.AuthKind;
import dev.smsrunner.cloud.CredentialSources;
import dev.smsrunner.cloud.Credentials;
import dev.smsrunner.cloud.CredentialsException;
import dev.smsrunner.cloud.KnownSecrets;
import dev.smsrunner.cloud.Secret;
import dev.smsrunner.cloud.ServiceEndpoint;
import dev.smsrunner.jobfile.JobFile;
import dev.smsrunner.jobfile.ServiceSettings;
import dev.smsrunner.jobfile.WebAddress;
import dev.smsrunner.run.CloudAccess;
import dev.smsrunner.run.HttpCloud;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How a job reaches its service. Use it as a {@code @Mixin}. */
final class CloudOptions {

    @Option(
            names = "--credentials-file",
            paramLabel = "FILE",
            description = "INI file with the keys (mode 0600), when the environment has none"
                    + " (default: ~/.huaweicloud/credentials).")
    private @Nullable Path credentialsFile;

    private boolean agreed;

    /** Names and stores a new host without a question: the operator agreed with {@code --yes}. */
    void neverAsk() {
        agreed = true;
    }

    /** The service of the job: the real one, or the simulator within this process, which is closed with the access. */
    CloudAccess open(JobFile job, CommonOptions common, EmbeddedSimulators simulated) {
        return job.service().isSimulator() ? simulated.access(job) : real(job, common);
    }

    /** The service of the job, over HTTP. */
    HttpCloud real(JobFile job, CommonOptions common) {
        var found = CredentialSources.find(
                AuthKind.valueOf(job.service().auth().name()),
                common.environment(),
                credentialsFile,
                Path.of(System.getProperty("user.home")));
        common.console()
                .say("Service %s, credentials of %s (%s)."
                        .formatted(job.service().endpoint(), found.source(), found.maskedKey()));
        var credentials = scoped(checked(found.credentials()), job.service().scope());
        confirm(job, credentials, common);
        return http(job, job.service().endpoint(), credentials, common);
    }

    /** Names every host that gets credentials for the first time, and lets a person at the terminal refuse it. */
    private void confirm(JobFile job, Credentials credentials, CommonOptions common) {
        var known = KnownEndpoints.of(common, agreed);
        try {
            known.confirm(ServiceEndpoint.of(job.service().endpoint()).authority());
            if (credentials instanceof Credentials.Password login) {
                known.confirm(ServiceEndpoint.of(login.iamEndpoint()).authority());
            }
        } catch (IllegalArgumentException ex) {
            throw new CommandException(ExitCode.BAD_INPUT, String.valueOf(ex.getMessage()));
        }
    }

    /** Every secret that is there, whichever a run uses; a credentials file that cannot be used is said to be left out. */
    Map<String, Secret> secrets(CommonOptions common) {
        var secrets = new LinkedHashMap<>(KnownSecrets.ofEnvironment(common.environment()));
        try {
            secrets.putAll(KnownSecrets.ofFile(credentialsFile, Path.of(System.getProperty("user.home"))));
        } catch (CredentialsException ex) {
            common.console().say("The secrets of the credentials file are not looked for: " + ex.getMessage());
        }
        return secrets;
    }

    /** The password of a login goes to IAM, so its address is judged like that of the service, and before anything is sent. */
    private static Credentials checked(Credentials found) {
        if (found instanceof Credentials.Password login) {
            try {
                var address = WebAddress.of("HUAWEICLOUD_IAM_ENDPOINT", login.iamEndpoint());
                if (address.getRawQuery() != null || address.getRawFragment() != null) {
                    throw new IllegalArgumentException(
                            "HUAWEICLOUD_IAM_ENDPOINT: its address has a query or a fragment; write it up to the host or path");
                }
                ServiceEndpoint.of(login.iamEndpoint());
            } catch (IllegalArgumentException ex) {
                throw new CommandException(ExitCode.BAD_INPUT, String.valueOf(ex.getMessage()));
            }
        }
        return found;
    }

    /** The service at the endpoint, with the limits of the job. */
    static HttpCloud http(JobFile job, String endpoint, Credentials credentials, CommonOptions common) {
        try {
            var at = ServiceEndpoint.of(endpoint);
            var rate = job.limits().requestsPerSecond();
            var others = KnownSecrets.ofEnvironment(common.environment()).values();
            return job.stopDcs() == null
                    ? new HttpCloud(at, credentials, others, rate, common.clock())
                    : HttpCloud.ofDcs(
                            at, credentials, others, rate, job.stopDcs().targetProjectId(), common.clock());
        } catch (IllegalArgumentException ex) {
            throw new CommandException(ExitCode.BAD_INPUT, String.valueOf(ex.getMessage()));
        }
    }

    /** What the job file says of the scope goes before the environment. */
    private static Credentials scoped(Credentials found, ServiceSettings.Scope scope) {
        return found instanceof Credentials.Password login && !scope.isEmpty()
                ? login.withScope(new Credentials.TokenScope(
                        scope.projectId(), scope.projectName(), scope.domainId(), scope.domainName()))
                : found;
    }
}
