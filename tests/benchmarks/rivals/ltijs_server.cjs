// ltijs as its guide sets it up, on the database that it is given: one process, one platform, one plain page.
//
// Wants in the environment: PORT, PLATFORM (the issuer's address), CLIENT_ID, and DATABASE as JSON (user, password, host,
// name). Answers /counted with the database queries made so far.

const { Provider: lti } = require("ltijs");
const Database = require("ltijs-sequelize");

const { PORT, PLATFORM, CLIENT_ID } = process.env;
const { user, password, host, name } = JSON.parse(process.env.DATABASE);
let queries = 0;

const database = new Database(name, user, password, {
  host,
  dialect: "postgres",
  pool: { max: 8 },
  logging: () => { queries += 1; },
});

lti.setup("a secret for the benchmark, long enough", { plugin: database }, {
  appRoute: "/",
  loginRoute: "/login",
  cookies: { secure: false, sameSite: "" },
  devMode: false,
});
lti.whitelist("/counted");
lti.app.get("/counted", (_request, response) => response.json({ queries }));
lti.onConnect((_token, _request, response) => response.send("<!doctype html><title>Course</title><p>A plain page.</p>"));

(async () => {
  await lti.deploy({ port: Number(PORT), silent: true });
  await lti.registerPlatform({
    url: PLATFORM,
    name: "Benchmark",
    clientId: CLIENT_ID,
    authenticationEndpoint: `${PLATFORM}/auth`,
    accesstokenEndpoint: `${PLATFORM}/token`,
    authConfig: { method: "JWK_SET", key: `${PLATFORM}/jwks` },
  });
  console.log("ready");
})();
