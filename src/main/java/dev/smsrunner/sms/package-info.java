/**
 * Client of SMS, the only one: {@link dev.smsrunner.sms.SmsApi}, its payload records and the states of the service.
 *
 * <p>In: queries and changes of a stage. Out: records that mirror the API pages, or a {@link
 * dev.smsrunner.cloud.ApiException}. Reading is tolerant (unknown fields and states, nulls, numbers as text), writing
 * is exact.
 */
@NullMarked
package dev.smsrunner.sms;

import org.jspecify.annotations.NullMarked;
