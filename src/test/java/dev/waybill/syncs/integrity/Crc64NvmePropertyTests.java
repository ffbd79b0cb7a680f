package dev.waybill.syncs.integrity;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class Crc64NvmePropertyTests {

    @Property
    void itDoesNotMatterHowBytesAreCut(@ForAll byte[] bytes, @ForAll @IntRange(max = 64) int cut) {
        Crc64Nvme whole = new Crc64Nvme();
        whole.update(bytes, 0, bytes.length);
        Crc64Nvme oneByOne = new Crc64Nvme();
        for (byte one : bytes) {
            oneByOne.update(one);
        }
        int at = Math.min(cut, bytes.length);
        Crc64Nvme inTwo = new Crc64Nvme();
        inTwo.update(bytes, 0, at);
        inTwo.update(bytes, at, bytes.length - at);
        assertThat(whole.getValue()).isEqualTo(oneByOne.getValue()).isEqualTo(inTwo.getValue());
    }
}
