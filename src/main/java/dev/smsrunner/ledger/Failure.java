package dev.smsrunner.ledger;

import org.jspecify.annotations.Nullable;

/**
 * Why a row failed, last or for good.
 *
 * @param code the service's code, null when it gave none
 * @param text the service's words, or ours when it said nothing
 * @param errorClass the class of the error catalogue
 * @param recommendedAction what a person should do
 * @param requestId of the answer that said so, null when there is none
 */
public record Failure(
        @Nullable String code,
        String text,
        String errorClass,
        String recommendedAction,
        @Nullable String requestId) {}
