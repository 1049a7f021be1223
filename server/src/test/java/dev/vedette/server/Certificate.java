package dev.vedette.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * A certificate of localhost, signed by itself.
 *
 * @param chain a PEM file
 * @param key a PEM file
 * @param trusting trusts it and nothing else
 */
record Certificate(Path chain, Path key, SSLContext trusting) {
  private static final char[] PASSWORD = "changeit".toCharArray();

  /** Made in {@code folder} by keytool. */
  static Certificate in(Path folder) throws Exception {
    KeyStore made = made(folder);
    Path chain = pem(folder, "certificate", made.getCertificate("vedette").getEncoded());
    Path key = pem(folder, "private key", made.getKey("vedette", PASSWORD).getEncoded());
    return new Certificate(chain, key, trusting(made));
  }

  private static KeyStore made(Path folder) throws Exception {
    Path store = folder.resolve("made.p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "vedette",
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=dns:localhost,ip:127.0.0.1",
                "-storetype",
                "PKCS12",
                "-storepass",
                new String(PASSWORD),
                "-keystore",
                store.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("keytool.log").toFile())
            .start();
    assertThat(keytool.waitFor()).isZero();
    KeyStore made = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      made.load(in, PASSWORD);
    }
    return made;
  }

  private static Path pem(Path folder, String kind, byte[] bytes) throws Exception {
    String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
    String title = kind.toUpperCase(java.util.Locale.ROOT);
    return Files.writeString(
        folder.resolve(kind.replace(' ', '-') + ".pem"),
        "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(title, text, title));
  }

  private static SSLContext trusting(KeyStore made) throws Exception {
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("vedette", made.getCertificate("vedette"));
    var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, factory.getTrustManagers(), null);
    return context;
  }
}
