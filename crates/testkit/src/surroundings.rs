//! What stands around a page and can be made worse: the network, the processor, the size of the screen.

use serde_json::json;

use crate::browser::Browser;

impl Browser {
    /// Takes the network away from the page, or gives it back.
    pub async fn network(&self, is_there: bool) -> anyhow::Result<()> {
        let conditions = json!({"offline": !is_there, "latency": 0, "throughput": 1 << 30});
        self.order("chromium/network_conditions", json!({"network_conditions": conditions}))
            .await
    }

    /// Keeps pages that are opened from now on from getting what these addresses name (`*` stands for anything).
    pub async fn withhold(&self, addresses: &[&str]) -> anyhow::Result<()> {
        self.command("Network.enable", json!({})).await?;
        self.command("Network.setBlockedURLs", json!({"urls": addresses})).await
    }

    /// Forgets every file that pages have in common, as a browser that was never here.
    pub async fn forget_files(&self) -> anyhow::Result<()> {
        self.command("Network.clearBrowserCache", json!({})).await
    }

    /// Lets pages get what they need from the service itself, and not from a worker that stands between: what that hands on is
    /// measured unpacked.
    pub async fn pass_by_workers(&self) -> anyhow::Result<()> {
        self.command("Network.enable", json!({})).await?;
        self.command("Network.setBypassServiceWorker", json!({"bypass": true}))
            .await
    }

    /// Lets the page have so much less of the processor; 1 gives all of it back.
    pub async fn slow_down(&self, times: f64) -> anyhow::Result<()> {
        self.command("Emulation.setCPUThrottlingRate", json!({"rate": times}))
            .await
    }

    /// Runs a script in every page that is opened from now on, before its own.
    pub async fn watch_with(&self, script: &str) -> anyhow::Result<()> {
        self.command("Page.addScriptToEvaluateOnNewDocument", json!({"source": script}))
            .await
    }

    /// Shows pages without scroll bars, as a screen does that is touched.
    pub async fn hide_scroll_bars(&self) -> anyhow::Result<()> {
        self.command("Emulation.setScrollbarsHidden", json!({"hidden": true}))
            .await
    }

    /// Changes the size of the screen under the page.
    pub async fn resize(&self, width: u64, height: u64) -> anyhow::Result<()> {
        let size = json!({"width": width, "height": height, "deviceScaleFactor": 1, "mobile": false});
        self.command("Emulation.setDeviceMetricsOverride", size).await
    }
}
