/**
 * Tests of the Markdown pages: generated parts are up to date, links resolve, samples are real output.
 *
 * <p>With {@code WRITE_DOCS=1} in the environment, these tests rewrite generated content.
 */
@org.jspecify.annotations.NullMarked
package dev.smsrunner.documents;
