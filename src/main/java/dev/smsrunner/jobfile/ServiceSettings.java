package dev.smsrunner.jobfile;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Where the service is and how it is asked.
 *
 * @param endpoint {@code simulator}, or a URL without trailing slash
 * @param auth which kind of credentials is taken from the environment
 * @param scope what a token is asked for; empty scope leaves it to the environment
 * @param copystateStyle the letter case in which changestate writes its values
 */
public record ServiceSettings(String endpoint, Auth auth, Scope scope, CopystateStyle copystateStyle) {

    /** The word that stands for the simulator inside this process. */
    public static final String SIMULATOR = "simulator";

    /** Whether the job runs against the simulator inside this process. */
    public boolean isSimulator() {
        return endpoint.equals(SIMULATOR);
    }

    /** The kinds of credentials. */
    public enum Auth {
        AKSK,
        TOKEN,
        PASSWORD
    }

    /**
     * The project or the account (domain) that a token is asked for; at most one of the four is given.
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

        /** Whether nothing is said. */
        public boolean isEmpty() {
            return projectId == null && projectName == null && domainId == null && domainName == null;
        }
    }

    /** The letter case of {@code copystate}: lower since 2025-10, upper before (UpdateCopyState, two editions). */
    public enum CopystateStyle {
        LOWERCASE,
        UPPERCASE;

        /** The value as this style writes it. */
        public String write(String value) {
            return this == LOWERCASE ? value.toLowerCase(Locale.ROOT) : value.toUpperCase(Locale.ROOT);
        }
    }
}
