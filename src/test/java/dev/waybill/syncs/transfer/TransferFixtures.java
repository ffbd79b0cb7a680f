package dev.waybill.syncs.transfer;

import dev.waybill.blobs.BatchedDeletes;
import dev.waybill.platform.errors.FaultPoints;
import dev.waybill.platform.ids.IdGenerator;
import dev.waybill.platform.storage.ObjectStorage;
import dev.waybill.testing.ServiceUnderTest;

/** File copies for tests. */
public final class TransferFixtures {

    private TransferFixtures() {}

    /** With the service's beans, except for the storage and the fault points. */
    public static FileCopy copies(ObjectStorage storage, FaultPoints faults, ServiceUnderTest service) {
        return new FileCopy(
                storage,
                service.bean(BatchedDeletes.class),
                service.bean(IdGenerator.class),
                faults,
                service.bean(LinkedFiles.class));
    }
}
