package dev.smsrunner.simulator;

import tools.jackson.databind.node.ObjectNode;

/** ShowPrivacyAgreements and CreatePrivacyAgreements, once per account, and the versions of the API. */
final class AccountRoutes {

    private static final String CONSENT = "privacy-agreement";

    private final Cloud cloud;

    AccountRoutes(Cloud cloud) {
        this.cloud = cloud;
    }

    Answer showConsent(Request request) {
        return Answer.ok(SimulatorJson.object()
                .put("flag", cloud.documents().find(CONSENT, CONSENT).isPresent()));
    }

    Answer consent(Request request) {
        cloud.store(CONSENT, CONSENT, SimulatorJson.object().put("flag", true), request);
        return Answer.accepted();
    }

    Answer versions(Request request) {
        ObjectNode body = SimulatorJson.object();
        body.putArray("versions").add(version());
        return Answer.ok(body);
    }

    /** There is one version, v3. */
    Answer version(Request request) {
        if (!request.id().equals("v3")) {
            throw Refusal.of(404, "APIG.0101", "The API does not exist or has not been published in the environment");
        }
        return Answer.ok(version());
    }

    private static ObjectNode version() {
        ObjectNode version = SimulatorJson.object().put("id", "v3").put("status", "CURRENT");
        version.put("updated", "2020-10-01T00:00:00Z");
        version.putArray("links").addObject().put("href", "/v3").put("rel", "self");
        return version;
    }
}
