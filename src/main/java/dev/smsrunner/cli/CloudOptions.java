package dev.smsrunner.cli;

import dev.smsrunner.cloud.AuthKind;
import dev.smsrunner.cloud.CredentialSources;
import dev.smsrunner.cloud.Credentials;
import dev.smsrunner.cloud.CredentialsException;
import dev.smsrunner.cloud.HttpProxy;
import dev.smsrunner.cloud.KnownSecrets;
import dev.smsrunner.cloud.ProxySettings;
import dev.smsrunner.cloud.Secret;
import dev.smsrunner.cloud.ServiceEndpoint;
import dev.smsrunner.job.BulkJobs;
import dev.smsrunner.jobfile.JobFile;
import dev.smsrunner.jobfile.ServiceSettings;
import dev.smsrunner.jobfile.WebAddress;
import dev.smsrunner.run.CloudAccess;
import dev.smsrunner.run.HttpCloud;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options of the access to the service; a {@code @Mixin}. */
final class CloudOptions {

    @Option(
            names = "--credentials-file",
            paramLabel = "FILE",
            description = "INI file with the keys (mode 0600), used if the environment has none"
                    + " (default: ~/.huaweicloud/credentials).")
    private @Nullable Path credentialsFile;

    private boolean confirmed;

    /** Confirms every new host without a prompt: the operator gave {@code --yes}. */
    void confirmAll() {
        confirmed = true;
    }

    /** Access to the service of the job: a real service, or the embedded simulator. */
    CloudAccess open(JobFile job, CommonOptions common, EmbeddedSimulators simulated) {
        return job.service().isSimulator() ? simulated.access(job) : real(job, common);
    }

    /** Access for commands that only read: a real service, or a simulator without a run. */
    HttpCloud forReading(JobFile job, CommonOptions common, EmbeddedSimulators simulated) {
        return job.service().isSimulator() ? simulated.forReading(job) : real(job, common);
    }

    /** Access to a real service over HTTP. */
    HttpCloud real(JobFile job, CommonOptions common) {
        var endpoint = endpoint(job.service().endpoint());
        var found = CredentialSources.find(
                AuthKind.valueOf(job.service().auth().name()),
                endpoint,
                common.environment(),
                credentialsFile,
                Path.of(System.getProperty("user.home")));
        common.console()
                .info("Service %s, credentials from %s (%s).".formatted(endpoint, found.source(), found.maskedKey()));
        var credentials = scoped(checked(found.credentials()), job.service().scope());
        reportRoute(endpoint, credentials, common);
        confirm(job, credentials, common);
        return http(job, job.service().endpoint(), credentials, common);
    }

    private static ServiceEndpoint endpoint(String text) {
        try {
            return ServiceEndpoint.of(text);
        } catch (IllegalArgumentException ex) {
            throw CommandException.badInput(String.valueOf(ex.getMessage()));
        }
    }

    /** Reports the proxies, and an IAM outside the domain of the service, before the first call. */
    private static void reportRoute(ServiceEndpoint endpoint, Credentials credentials, CommonOptions common) {
        var console = common.console();
        var proxy = proxyFor(endpoint.toString(), common);
        if (proxy.isPresent()) {
            ProxySettings.of(common.environment()).ignoredHosts().forEach(console::warn);
        }
        proxy.ifPresent(found -> console.info("Calls go through the proxy %s (%s).".formatted(found, found.source())));
        if (credentials instanceof Credentials.Password login) {
            var ofIam = proxyFor(login.iamEndpoint(), common);
            if (!ofIam.equals(proxy)) {
                console.info("Token requests go %s."
                        .formatted(ofIam.map(found -> "through the proxy %s (%s)".formatted(found, found.source()))
                                .orElse("to IAM without a proxy")));
            }
            CredentialSources.foreignIam(login, endpoint)
                    .ifPresent(iam -> console.warn(
                            "The password goes to IAM at %s (HUAWEICLOUD_IAM_ENDPOINT), outside the domain or region of %s."
                                    .formatted(iam, endpoint)));
        }
    }

    /** Proxy of an address; a setting that cannot be read is bad input. */
    private static Optional<HttpProxy> proxyFor(String address, CommonOptions common) {
        try {
            return ProxySettings.of(common.environment()).proxyFor(URI.create(address));
        } catch (IllegalArgumentException ex) {
            throw CommandException.badInput(String.valueOf(ex.getMessage()));
        }
    }

    /** Reports every host that receives credentials for the first time; the operator at a terminal can refuse it. */
    private void confirm(JobFile job, Credentials credentials, CommonOptions common) {
        var known = KnownEndpoints.of(common, confirmed);
        try {
            known.confirm(ServiceEndpoint.of(job.service().endpoint()).authority());
            if (credentials instanceof Credentials.Password login) {
                known.confirm(ServiceEndpoint.of(login.iamEndpoint()).authority());
            }
        } catch (IllegalArgumentException ex) {
            throw CommandException.badInput(String.valueOf(ex.getMessage()));
        }
    }

    /** All secrets of environment and credentials file, for the secret scan; reports a credentials file that cannot be read. */
    Map<String, Secret> secrets(CommonOptions common) {
        var secrets = new LinkedHashMap<>(KnownSecrets.ofEnvironment(common.environment()));
        try {
            secrets.putAll(KnownSecrets.ofFile(credentialsFile, Path.of(System.getProperty("user.home"))));
        } catch (CredentialsException ex) {
            common.console().info("The secret scan ignores the credentials file: " + ex.getMessage());
        }
        return secrets;
    }

    /** Validates the IAM address like the service endpoint before the runner sends the password to it. */
    private static Credentials checked(Credentials found) {
        if (found instanceof Credentials.Password login) {
            try {
                var address = WebAddress.of("HUAWEICLOUD_IAM_ENDPOINT", login.iamEndpoint());
                if (address.getRawQuery() != null || address.getRawFragment() != null) {
                    throw new IllegalArgumentException(
                            "HUAWEICLOUD_IAM_ENDPOINT: the address has a query or a fragment; end it with the host or path");
                }
                requirePlain(login.iamEndpoint());
            } catch (IllegalArgumentException ex) {
                throw CommandException.badInput(String.valueOf(ex.getMessage()));
            }
        }
        return found;
    }

    private static void requirePlain(String iam) {
        try {
            ServiceEndpoint.of(iam);
        } catch (IllegalArgumentException ex) {
            throw new IllegalArgumentException("HUAWEICLOUD_IAM_ENDPOINT: " + ex.getMessage(), ex);
        }
    }

    /** Access to the endpoint with the rate limit of the job. */
    static HttpCloud http(JobFile job, String endpoint, Credentials credentials, CommonOptions common) {
        try {
            var serviceEndpoint = ServiceEndpoint.of(endpoint);
            var rate = job.limits().requestsPerSecond();
            var proxies = ProxySettings.of(common.environment());
            proxies.proxyFor(URI.create(endpoint)); // reports an unreadable setting before the first call
            var others = KnownSecrets.ofEnvironment(common.environment()).values();
            var bulkJob = BulkJobs.of(job);
            return bulkJob.usesDcs()
                    ? HttpCloud.ofDcs(
                            serviceEndpoint, credentials, others, rate, bulkJob.projectOf(job), proxies, common.clock())
                    : new HttpCloud(serviceEndpoint, credentials, others, rate, proxies, common.clock());
        } catch (IllegalArgumentException ex) {
            throw CommandException.badInput(String.valueOf(ex.getMessage()));
        }
    }

    /** Applies the token scope of the job file, which overrides the environment. */
    private static Credentials scoped(Credentials found, ServiceSettings.Scope scope) {
        return found instanceof Credentials.Password login && !scope.isEmpty()
                ? login.withScope(new Credentials.TokenScope(
                        scope.projectId(), scope.projectName(), scope.domainId(), scope.domainName()))
                : found;
    }
}
