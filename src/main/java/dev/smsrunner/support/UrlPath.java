package dev.smsrunner.support;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Paths of URLs. */
public final class UrlPath {

    /** Version as the last segment, or before a resource of SMS, IAM or DCS, whose paths contain the project id. */
    private static final Pattern VERSION = Pattern.compile(
            "(?i)(.*?)/v\\d+(?:\\.\\d+)*(?:/(?:sources|tasks|vm|auth|[0-9a-f]{32}|\\{project_id})(?:/.*)?)?/*");

    private UrlPath() {}

    /** Part before the version of an API at the end of a path, such as {@code /v3}; empty when there is no version. */
    public static Optional<String> beforeVersion(String path) {
        return Optional.of(VERSION.matcher(path)).filter(Matcher::matches).map(version -> version.group(1));
    }
}
