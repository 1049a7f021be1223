package dev.vedette.data;

import com.code_intelligence.jazzer.junit.FuzzTest;

/**
 * Any bytes are a table or a DataException. Runs its seeds and past findings; with JAZZER_FUZZ=1 in
 * the environment it looks for new ones.
 */
class CsvFuzzTest {
  @FuzzTest(maxDuration = "10m")
  void anyBytes(byte[] bytes) {
    CsvPropertyTest.reads(bytes, new ReadOptions());
    CsvPropertyTest.reads(bytes, new ReadOptions().skipBadRows());
    CsvPropertyTest.reads(bytes, new ReadOptions().label("b").kind("a", Kind.TIME).skipBadRows());
  }
}
