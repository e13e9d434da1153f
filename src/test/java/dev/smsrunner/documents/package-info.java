/**
 * Tests of the Markdown pages: generated parts are up to date, links resolve, samples are real output.
 *
 * <p>{@code WRITE_DOCS=1} in the environment makes these tests rewrite what they generate.
 */
@org.jspecify.annotations.NullMarked
package dev.smsrunner.documents;
