package dev.smsrunner.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ActorTests {

    @Test
    void accountAndHostNameTheOperator() {
        var actor = Actor.of(Map.of(), "ana", "bastion-1");

        assertThat(actor.name()).isEqualTo("ana");
        assertThat(actor.via("command line").text()).isEqualTo("ana@bastion-1, command line");
    }

    @Test
    void variableNamesTheOperatorOfASharedAccount() {
        var actor = Actor.of(Map.of(Actor.VARIABLE, " Ana Müller "), "sms", "bastion-1");

        assertThat(actor.name()).isEqualTo("Ana Müller");
        assertThat(actor.text()).isEqualTo("Ana Müller (sms@bastion-1)");
    }

    @Test
    void emptyVariableCountsAsUnset() {
        assertThat(Actor.of(Map.of(Actor.VARIABLE, "  "), "ana", "b").name()).isEqualTo("ana");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ana\u001b[2J", "ana\u202egod", "an\u200ba", "a\nb"})
    void unprintableNameIsRefused(String name) {
        assertThatThrownBy(() -> Actor.of(Map.of(Actor.VARIABLE, name), "sms", "b"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("SMS_RUNNER_ACTOR")
                .hasMessageContaining("Set at most 64 printable characters");
    }

    @Test
    void nameOf64CharactersIsTheLongest() {
        var longest = "a".repeat(63) + "🦉";

        assertThat(Actor.of(Map.of(Actor.VARIABLE, longest), "sms", "b").name()).isEqualTo(longest);
        assertThatThrownBy(() -> Actor.of(Map.of(Actor.VARIABLE, "a".repeat(65)), "sms", "b"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void accountWithUnprintableCharactersIsCleaned() {
        assertThat(Actor.of(Map.of(), "an\u0007a", "ho\u202est").text()).isEqualTo("ana@host");
    }
}
