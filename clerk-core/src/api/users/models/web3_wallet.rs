use crate::json::model::model;
use crate::models::verification::Verification;
use crate::types::id::Web3WalletId;
use crate::types::timestamp::Timestamp;

model! {
    /// A web3 wallet of a user.
    Web3Wallet("web3_wallet") {
        /// The id of the wallet.
        id: Web3WalletId,
        /// The address of the wallet.
        web3_wallet: String,
        /// The verification state; `None` if no verification has started.
        verification: Option<Verification>,
        /// The creation time.
        created_at: Timestamp,
        /// The time of the last change.
        updated_at: Timestamp,
    }
}
