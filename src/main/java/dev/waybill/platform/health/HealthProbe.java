package dev.waybill.platform.health;

/** Looks whether a part is well, by really using it. Any room may declare one as a bean; a part may have several. */
public interface HealthProbe {

    HealthPart part();

    /**
     * Returns when the part is well, throws when it is not. A {@code WaybillException}'s message is told to everybody
     * who asks; of other exceptions nothing is told. Whoever takes longer than two seconds is not well.
     */
    void check();
}
