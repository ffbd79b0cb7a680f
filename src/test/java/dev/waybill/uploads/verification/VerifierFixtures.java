package dev.waybill.uploads.verification;

import dev.waybill.blobs.Promotion;
import dev.waybill.platform.storage.ObjectStorage;
import dev.waybill.quotas.Quotas;
import dev.waybill.testing.ServiceUnderTest;

/** Verifiers for tests. */
public final class VerifierFixtures {

    private VerifierFixtures() {}

    /** The verifier of a service, with another storage. */
    public static Verifier over(ObjectStorage storage, ServiceUnderTest service) {
        return new Verifier(
                storage,
                service.bean(PropertyPlacement.class),
                service.bean(Promotion.class),
                service.bean(Quotas.class),
                service.bean(UploadProperties.class),
                service.bean(UploadMetrics.class));
    }
}
