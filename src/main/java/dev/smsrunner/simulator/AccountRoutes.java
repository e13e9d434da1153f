package dev.smsrunner.simulator;

import tools.jackson.databind.node.ObjectNode;

/** ShowPrivacyAgreements and CreatePrivacyAgreements, once per account, and the API versions. */
record AccountRoutes(SimulatedCloud cloud) {

    private static final String CONSENT = "privacy-agreement";

    SimulatedResponse showConsent(Request request) {
        return SimulatedResponse.ok(SimulatorJson.object()
                .put("flag", cloud.documents().find(CONSENT, CONSENT).isPresent()));
    }

    SimulatedResponse consent(Request request) {
        cloud.store(CONSENT, CONSENT, SimulatorJson.object().put("flag", true), request);
        return SimulatedResponse.accepted();
    }

    SimulatedResponse versions(Request request) {
        ObjectNode body = SimulatorJson.object();
        body.putArray("versions").add(version());
        return SimulatedResponse.ok(body);
    }

    /** The only version is v3. */
    SimulatedResponse version(Request request) {
        if (!request.id().equals("v3")) {
            throw Refusal.of(404, "APIG.0101", "The API does not exist or has not been published in the environment");
        }
        return SimulatedResponse.ok(version());
    }

    private static ObjectNode version() {
        ObjectNode version = SimulatorJson.object().put("id", "v3").put("status", "CURRENT");
        version.put("updated", "2020-10-01T00:00:00Z");
        version.putArray("links").addObject().put("href", "/v3").put("rel", "self");
        return version;
    }
}
