package io.foundling.bench.flink;

import io.foundling.bench.job.ReadingClock;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;

/** The clock of the other competitor as watermarks. */
final class ReadingWatermarks implements WatermarkGenerator<ReadEvent> {

    private final ReadingClock clock = new ReadingClock(System::currentTimeMillis);

    @Override
    public void onEvent(ReadEvent event, long appendedMs, WatermarkOutput output) {
        clock.read(appendedMs);
    }

    @Override
    public void onPeriodicEmit(WatermarkOutput output) {
        output.emitWatermark(new Watermark(clock.nowMs()));
    }
}
