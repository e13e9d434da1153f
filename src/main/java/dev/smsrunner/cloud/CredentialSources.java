package dev.smsrunner.cloud;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Sources of credentials: the environment first, then a file. Never the command line, which other users can see. */
public final class CredentialSources {

    private static final String IAM = "HUAWEICLOUD_IAM_ENDPOINT";
    private static final String TOKEN = "HUAWEICLOUD_AUTH_TOKEN";

    private record KeyVariables(String ak, String sk, String securityToken) {}

    private static final List<KeyVariables> KEYS = List.of(
            new KeyVariables("HUAWEICLOUD_SDK_AK", "HUAWEICLOUD_SDK_SK", "HUAWEICLOUD_SDK_SECURITY_TOKEN"),
            new KeyVariables("CLOUD_SDK_AK", "CLOUD_SDK_SK", "CLOUD_SDK_SECURITY_TOKEN"),
            new KeyVariables("HW_ACCESS_KEY", "HW_SECRET_KEY", "HW_SECURITY_TOKEN"));

    private CredentialSources() {}

    /**
     * Returns the first credentials found.
     *
     * @param service receives the credentials; a password goes to the IAM of its domain, unless the environment names another
     * @param credentialsFile the operator's file; null means {@code .huaweicloud/credentials} in the home directory
     * @throws CredentialsException when there are none, half a pair is set, or other users can read the file
     */
    public static ResolvedCredentials find(
            AuthKind kind,
            ServiceEndpoint service,
            Map<String, String> environment,
            @Nullable Path credentialsFile,
            Path home) {
        return switch (kind) {
            case AKSK -> accessKey(environment, credentialsFile, home);
            case TOKEN -> token(environment);
            case PASSWORD -> password(service, environment);
        };
    }

    private static ResolvedCredentials accessKey(
            Map<String, String> environment, @Nullable Path credentialsFile, Path home) {
        for (KeyVariables names : KEYS) {
            if (value(environment, names.ak()).isPresent()
                    || value(environment, names.sk()).isPresent()) {
                return fromEnvironment(names, environment);
            }
        }
        Path path = credentialsFile != null
                ? credentialsFile
                : home.resolve(".huaweicloud").resolve("credentials");
        CredentialsFile file = new CredentialsFile(path);
        if (file.exists()) {
            return fromFile(path, file.keys());
        }
        throw new CredentialsException(
                "No access key found in the environment (HUAWEICLOUD_SDK_AK and _SK, CLOUD_SDK_AK and _SK, HW_ACCESS_KEY and"
                        + " HW_SECRET_KEY) or in the file " + path
                        + ". Set one pair, or pass --credentials-file.");
    }

    private static ResolvedCredentials fromEnvironment(KeyVariables names, Map<String, String> environment) {
        String ak = pairPart(environment, names.ak(), names.sk());
        String sk = pairPart(environment, names.sk(), names.ak());
        Secret token = value(environment, names.securityToken()).map(Secret::of).orElse(null);
        return new ResolvedCredentials(
                new Credentials.AccessKey(ak, Secret.of(sk), token),
                names.ak() + " in the environment",
                KeyMask.mask(ak));
    }

    private static String pairPart(Map<String, String> environment, String name, String other) {
        return value(environment, name)
                .orElseThrow(() -> new CredentialsException(
                        "%s is set in the environment but %s is not. Set both or neither.".formatted(other, name)));
    }

    private static ResolvedCredentials fromFile(Path path, Optional<Map<String, String>> keys) {
        Map<String, String> section = keys.orElseThrow(() -> new CredentialsException(
                "The credentials file %s has no ak. Add a section [global] with ak = ... and sk = ..."
                        .formatted(path)));
        String ak = section.getOrDefault("ak", "");
        String sk = value(section, "sk")
                .orElseThrow(() -> new CredentialsException(
                        "The credentials file %s has an ak but no sk. Add sk = ...".formatted(path)));
        Secret token = value(section, "security_token").map(Secret::of).orElse(null);
        return new ResolvedCredentials(
                new Credentials.AccessKey(ak, Secret.of(sk), token), "ak in the file " + path, KeyMask.mask(ak));
    }

    private static ResolvedCredentials token(Map<String, String> environment) {
        String token = value(environment, TOKEN)
                .orElseThrow(() -> new CredentialsException("No token found: " + TOKEN
                        + " is not set in the environment. Set it, or set service.auth to aksk or password."));
        return new ResolvedCredentials(
                new Credentials.ReadyToken(Secret.of(token)), TOKEN + " in the environment", "****");
    }

    private static ResolvedCredentials password(ServiceEndpoint service, Map<String, String> environment) {
        List<String> names = List.of("HUAWEICLOUD_DOMAIN_NAME", "HUAWEICLOUD_USER_NAME", "HUAWEICLOUD_PASSWORD");
        List<String> missing = names.stream()
                .filter(name -> value(environment, name).isEmpty())
                .toList();
        if (!missing.isEmpty()) {
            throw new CredentialsException(
                    "No password login found in the environment (%s): %s not set. Set all three, and %s if IAM is not in the domain of the endpoint."
                            .formatted(String.join(", ", names), listed(missing), IAM));
        }
        String user = value(environment, names.get(1)).orElseThrow();
        Credentials.TokenScope scope = Credentials.TokenScope.project(
                value(environment, "HUAWEICLOUD_SDK_PROJECT_ID").orElse(null),
                value(environment, "HUAWEICLOUD_PROJECT_NAME").orElse(null));
        Credentials.Password password = new Credentials.Password(
                value(environment, IAM).orElseGet(() -> iamBeside(service)),
                value(environment, names.get(0)).orElseThrow(),
                user,
                Secret.of(value(environment, names.get(2)).orElseThrow()),
                scope);
        return new ResolvedCredentials(password, "HUAWEICLOUD_USER_NAME in the environment", user);
    }

    /** Names with their verb: "A is", "A and B are", "A, B and C are". */
    private static String listed(List<String> names) {
        var last = names.get(names.size() - 1);
        return names.size() == 1
                ? last + " is"
                : String.join(", ", names.subList(0, names.size() - 1)) + " and " + last + " are";
    }

    private static String iamBeside(ServiceEndpoint service) {
        return IamAddress.beside(service)
                .orElseThrow(() -> new CredentialsException(
                        "The endpoint %s does not show where its IAM is, so the password was not sent. Set %s to the address of IAM."
                                .formatted(service, IAM)));
    }

    /**
     * Address of IAM that the environment sets outside the domain and region of the service; empty when the login stays in
     * them, or on this machine.
     */
    public static Optional<String> foreignIam(Credentials.Password login, ServiceEndpoint service) {
        var iam = ServiceEndpoint.of(login.iamEndpoint());
        var own = IamAddress.beside(service)
                .map(address -> ServiceEndpoint.of(address).authority());
        boolean beside = own.filter(iam.authority()::equalsIgnoreCase).isPresent();
        return beside || iam.isThisMachine() ? Optional.empty() : Optional.of(iam.toString());
    }

    private static Optional<String> value(Map<String, String> values, String name) {
        return Optional.ofNullable(values.get(name)).map(String::strip).filter(text -> !text.isEmpty());
    }
}
