package dev.smsrunner.cloud;

import java.net.URI;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Maps error responses to exceptions. */
final class ErrorResponseMapper {

    private static final Duration CLOCK_TOLERANCE = Duration.ofMinutes(15);
    private static final Duration LONG_PAUSE = Duration.ofMinutes(15);

    /** Database errors inside SMS, with any status: the change may have been made before the error. */
    private static final Set<String> UNSURE_CODES = Set.of("SMS.6301");

    private static final Pattern ACTION = Pattern.compile("[a-z]{2,20}:[A-Za-z]{2,40}:[A-Za-z]{2,40}");

    private final Clock clock;
    private volatile HeaderDate latestDate = new HeaderDate("", Optional.empty());

    ErrorResponseMapper(Clock clock) {
        this.clock = clock;
    }

    ApiException of(String operation, SingleExchange.Answer answer) {
        ApiError error = ErrorBody.parse(answer.status(), answer.body(), requestId(answer));
        CallFailureKind kind = failureKind(answer.status(), error);
        if (answer.status() / 100 == 3) {
            error = withMessage(
                    error,
                    "redirected to %s; redirects are not followed. Set the endpoint to the address of the service"
                            .formatted(target(answer)));
        } else if (answer.status() == 403) {
            error = withMessage(error, append(error.message(), missingAction(error) + encoded(error)));
        } else if (kind == CallFailureKind.DENIED) {
            error = withMessage(error, append(error.message(), hint(error, answer)));
        }
        return new ApiException(kind, operation, answer.status(), error);
    }

    /** SMS.9004 may name the action only in its details (UpdateCopyState, errors of status 403). */
    private static String missingAction(ApiError error) {
        return error.details().stream()
                .map(detail -> ACTION.matcher(String.valueOf(detail.errorMessage())))
                .filter(Matcher::find)
                .map(Matcher::group)
                .filter(action -> !error.message().contains(action))
                .findFirst()
                .map(". The account lacks the action %s. Grant it"::formatted)
                .orElse("");
    }

    /** Only the account administrator can decode the message at IAM. */
    private static String encoded(ApiError error) {
        var message = error.encodedAuthorizationMessage();
        return message == null ? "" : ". encoded_authorization_message: " + message;
    }

    /** Pause requested by the answer to a throttled call, null when it requests none. */
    @Nullable
    Duration pause(SingleExchange.Answer answer) {
        String text = SecretMask.cut(answer.body(), SecretMask.LONGEST).toLowerCase(Locale.ROOT);
        if (text.contains("quota") && (text.contains("daily") || text.contains("day"))) {
            return LONG_PAUSE;
        }
        String requested = answer.header("Retry-After").strip();
        if (requested.matches("\\d{1,9}")) {
            return Duration.ofSeconds(Long.parseLong(requested));
        }
        Instant base = date(answer.header("Date")).orElseGet(clock::instant);
        return date(requested).map(until -> Duration.between(base, until)).orElse(null);
    }

    /** Send time of a request that starts now. */
    ServiceClock.@Nullable SendTime sendTime() {
        return clock instanceof ServiceClock learning ? learning.sendTime() : null;
    }

    /**
     * Updates the service clock. A success proves that the answer comes from the service; a 401 may come from anywhere
     * and only reveals a sleep.
     */
    void updateClock(SingleExchange.Answer answer, ServiceClock.@Nullable SendTime sendTime) {
        if (!(clock instanceof ServiceClock learning) || sendTime == null) {
            return;
        }
        var date = date(answer.header("Date"));
        if (answer.status() / 100 == 2) {
            date.ifPresentOrElse(theirs -> learning.observe(theirs, sendTime), learning::observeMissingDate);
        } else if (answer.status() == 401) {
            date.ifPresent(theirs -> learning.observeRefusal(theirs, sendTime));
        }
    }

    boolean isThrottled(SingleExchange.Answer answer) {
        return answer.status() >= 400
                && failureKind(answer.status(), ErrorBody.parse(answer.status(), answer.body(), null))
                        == CallFailureKind.THROTTLED;
    }

    static @Nullable String requestId(SingleExchange.Answer answer) {
        String id = ErrorBody.clean(answer.header("X-Request-Id"));
        return id.isEmpty() ? null : id;
    }

    private static CallFailureKind failureKind(int status, ApiError error) {
        String code = error.code();
        if (status == 429 || (code != null && code.matches("APIG[W]?\\.0308"))) {
            return CallFailureKind.THROTTLED;
        }
        if (status == 401) {
            return CallFailureKind.DENIED;
        }
        boolean unsure =
                status >= 500 || status < 300 || status == 408 || (code != null && UNSURE_CODES.contains(code));
        return unsure ? CallFailureKind.UNKNOWN : CallFailureKind.REFUSED;
    }

    private static ApiError withMessage(ApiError error, String message) {
        return new ApiError(
                error.code(), message, error.requestId(), error.details(), error.encodedAuthorizationMessage());
    }

    /** Appends sentences that start with a full stop, without doubling the one at the end of the message. */
    private static String append(String message, String sentences) {
        return sentences.isEmpty() || !message.endsWith(".")
                ? message + sentences
                : message.substring(0, message.length() - 1) + sentences;
    }

    private static String target(SingleExchange.Answer answer) {
        try {
            String host = URI.create(answer.header("Location")).getHost();
            return host == null ? "another path" : "host " + host;
        } catch (IllegalArgumentException ex) {
            return "an unreadable address";
        }
    }

    /** The clock explains every denial that it can cause; otherwise the code does. */
    private String hint(ApiError error, SingleExchange.Answer answer) {
        String clock = clockHint(answer);
        return clock.isEmpty() ? codeHint(String.valueOf(error.code())) : clock;
    }

    /** Codes of the API gateway, and Common.0013 (field). */
    private static String codeHint(String code) {
        return switch (code.replaceFirst("^APIGW\\.", "APIG.").toUpperCase(Locale.ROOT)) {
            case "COMMON.0013" -> ". The token is for another project or region. Correct service.scope in the job file";
            case "APIG.0301" ->
                ". The key or the token is wrong, was revoked, or its user was disabled. Use a valid one";
            case "APIG.0303" -> ". The secret key does not belong to this access key. Correct it";
            case "APIG.0307" -> ". The token has expired. Get a new one";
            default -> "";
        };
    }

    /** The service denies a signature when the clocks differ by more than 15 minutes, often without a hint in the error text. */
    private String clockHint(SingleExchange.Answer answer) {
        return date(answer.header("Date"))
                .map(theirs -> Duration.between(theirs, clock.instant()))
                .filter(off -> off.abs().compareTo(CLOCK_TOLERANCE) > 0)
                .map(off ->
                        ". The clock of this machine is %d minutes %s the clock of the service (at most 15). Correct the system clock"
                                .formatted(off.abs().toMinutes(), off.isNegative() ? "behind" : "ahead of"))
                .orElse("");
    }

    /** Time of a header; the same text is parsed once, since all answers of a second have the same. */
    private Optional<Instant> date(String text) {
        var known = latestDate;
        if (!known.text().equals(text)) {
            known = new HeaderDate(text, parseDate(text));
            latestDate = known;
        }
        return known.time();
    }

    private static Optional<Instant> parseDate(String text) {
        try {
            return Optional.of(ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant());
        } catch (DateTimeException ex) {
            return Optional.empty();
        }
    }

    private record HeaderDate(String text, Optional<Instant> time) {}
}
