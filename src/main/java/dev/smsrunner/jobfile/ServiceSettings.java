package dev.smsrunner.jobfile;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Settings of the service.
 *
 * @param endpoint {@code simulator}, or a URL without trailing slash
 * @param auth kind of credentials to read from the environment
 * @param scope scope of a requested token; an empty scope leaves it to the environment
 * @param copystateStyle letter case of the values that changestate writes
 */
public record ServiceSettings(String endpoint, Auth auth, Scope scope, CopystateStyle copystateStyle) {

    /** Endpoint of the simulator inside this process. */
    public static final String SIMULATOR = "simulator";

    /** Whether the job runs against the simulator inside this process. */
    public boolean isSimulator() {
        return endpoint.equals(SIMULATOR);
    }

    /** Kinds of credentials. */
    public enum Auth {
        AKSK,
        TOKEN,
        PASSWORD
    }

    /**
     * Project or account (domain) of a requested token; at most one of the four is set.
     *
     * @param projectId id of a project, or null
     * @param projectName name of a project, or null
     * @param domainId id of an account, or null
     * @param domainName name of an account, or null
     */
    public record Scope(
            @Nullable String projectId,
            @Nullable String projectName,
            @Nullable String domainId,
            @Nullable String domainName) {

        /** Whether none is set. */
        public boolean isEmpty() {
            return projectId == null && projectName == null && domainId == null && domainName == null;
        }
    }

    /** The letter case of {@code copystate}: lower since 2025-10, upper before (UpdateCopyState, two editions). */
    public enum CopystateStyle {
        LOWERCASE,
        UPPERCASE;

        /** Value in this letter case. */
        public String write(String value) {
            return this == LOWERCASE ? value.toLowerCase(Locale.ROOT) : value.toUpperCase(Locale.ROOT);
        }
    }
}
