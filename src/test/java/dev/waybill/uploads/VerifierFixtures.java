package dev.waybill.uploads;

import dev.waybill.blobs.Promotion;
import dev.waybill.platform.storage.ObjectStorage;
import dev.waybill.quotas.Quotas;
import dev.waybill.testing.ServiceUnderTest;

/** Verifiers for tests. */
final class VerifierFixtures {

    private VerifierFixtures() {}

    /** A service's own, but for the storage that it looks into. */
    static Verifier over(ObjectStorage storage, ServiceUnderTest service) {
        return new Verifier(
                storage,
                service.bean(PropertyPlacement.class),
                service.bean(Promotion.class),
                service.bean(Quotas.class),
                service.bean(UploadProperties.class),
                service.bean(UploadMetrics.class));
    }
}
